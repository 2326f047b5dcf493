// Small pieces that all parts of the page show text and shares with. Every text goes into the
// document as text: names of zones, Nodes and Services are whatever somebody wrote.
import { h } from "/preact.js";

export { h };

/** Longer texts are cut: a name of 100 kB must not cost the page more than a short one. */
const MAX_LENGTH = 64;
const MAX_TIP_LENGTH = 1000;

/** A share 0..1 as `70 %`, with one decimal where it is no whole percent, as the commands do. */
export function percent(share) {
  const value = share * 100;
  const whole = Math.abs(value - Math.round(value)) < 0.05;
  return `${whole ? Math.round(value) : value.toFixed(1)} %`;
}

/** A share as text, with the number itself in `value`. */
export function share(value, attributes = {}) {
  return h("data", { value: String(value), ...attributes }, percent(value));
}

/** Cuts a text; the whole of it (1,000 characters at most) is shown to who points at it. */
export function short(text, longest = MAX_LENGTH) {
  const whole = String(text ?? "");
  if (whole.length <= longest) {
    return h("bdi", null, whole);
  }
  return h("bdi", { title: whole.slice(0, MAX_TIP_LENGTH) }, `${whole.slice(0, longest - 1)}…`);
}

/** A zone's name, or words for none. */
export function zone(name, none = "no zone") {
  return name === "" ? h("i", null, none) : short(name);
}

/** A bar beside a number, which says the same. */
export function bar(value, kind) {
  return h(
    "span",
    { class: `bar ${kind}`, "aria-hidden": "true" },
    h("span", { style: { width: `${Math.round(Math.min(1, value) * 100)}%` } }),
  );
}

/** How long ago, or for how long, in a word: `41 s`. */
export function age(milliseconds) {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  return seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} d`;
}

/** `1 proxy`, `2 proxies`. */
export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/** A table in a box of its own, which scrolls where the table is wider than the window. */
export function table(label, head, rows) {
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": label },
    h(
      "table",
      { "aria-label": label },
      h("thead", null, h("tr", null, head.map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", null, rows),
    ),
  );
}

/** What stands in a part while there is nothing: it is read, it failed, or it is empty. */
export function missing(slot, empty) {
  if (slot.error && !slot.value) return h("p", { class: "trouble" }, slot.error);
  return h("p", { class: "empty" }, slot.value ? empty : "…");
}
