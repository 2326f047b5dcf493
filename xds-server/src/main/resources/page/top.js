// The first lines: how fresh all this is, and what is wrong now.
import { link } from "/route.js";
import { age, count, h, short } from "/text.js";

/** Longer than two pulses nothing was heard: what is shown may be untrue. */
const STALE = 12000;

/** The title, the freshness, and how much there is. */
export function top(store) {
  const status = store.slot("status").value;
  const zones = store.slot("zones").value?.expected.rows.filter((row) => row.zone !== "") ?? [];
  const clients = store.slot("clients").value;
  return h(
    "header",
    null,
    h("h1", null, "Who gets what, and why"),
    h("p", { class: "freshness", role: "status" }, fresh(store, status)),
    h(
      "p",
      { class: "counts" },
      status &&
        [
          count(status.services, "Service"),
          count(status.nodes, "Node"),
          count(zones.length, "zone"),
          clients && count(clients.connected, "proxy", "proxies"),
          `topology-xds ${status.version}`,
        ]
          .filter(Boolean)
          .join(" · "),
    ),
  );
}

function fresh(store, status) {
  const silent = store.heard === undefined ? 0 : performance.now() - store.heard;
  if (store.reached === false || silent > STALE) {
    return h("strong", { class: "stale" }, `✖ server silent for ${age(silent)}`);
  }
  if (!status) return "…";
  const seconds = status.unconfirmedSeconds + silent / 1000;
  if (status.unconfirmedSeconds > 30) {
    return h("strong", { class: "stale" }, `✖ cluster ${age(seconds * 1000)} old`);
  }
  const live = store.open ? "live" : "read every 5 s";
  return `● ${live}, cluster ${age(seconds * 1000)} old`;
}

/** What is wrong, a line for each, with the way to it; nothing when nothing is. */
export function banner(store) {
  const lines = [...server(store), ...proxies(store), ...findings(store)];
  if (lines.length === 0) return null;
  return h(
    "section",
    { class: "banner", role: "alert", "aria-label": "What is wrong now" },
    h("ul", null, lines.map((line) => h("li", null, line))),
  );
}

/** Zones that ZonalShifts empty, or that come back; nothing where there are none. */
export function shifts(store) {
  const acting = store.slot("status").value?.shifts ?? [];
  if (acting.length === 0) return null;
  return h(
    "section",
    { class: "banner shifts", "aria-label": "Zones that are emptied" },
    h("ul", null, acting.map((shift) => h("li", { key: shift.name }, shifted(shift)))),
  );
}

function shifted(shift) {
  const left = age(shift.remainingSeconds * 1000);
  return [
    short(shift.zone, 80),
    shift.phase === "Active"
      ? ` is emptied for another ${left}`
      : ` is on its way back with ${shift.percent} % of its share, and has all of it in ${left}`,
    ": ZonalShift ",
    short(shift.name, 80),
    shift.comment !== "" && [" (", short(shift.comment, 200), ")"],
  ];
}

function server(store) {
  if (store.reached === false) {
    return ["The server does not answer. What stands here is what it said last."];
  }
  const status = store.slot("status").value;
  return status ? status.troubles.map((line) => short(`Server: ${line}`, 300)) : [];
}

function proxies(store) {
  const clients = store.slot("clients").value;
  if (!clients) return [];
  const lines = [];
  if (clients.states.refused > 0) {
    lines.push(
      to({ state: "refused" }, `${count(clients.states.refused, "proxy refuses", "proxies refuse")} what is sent (NACK)`),
    );
  }
  if (clients.withoutZone > 0) {
    lines.push(
      to({ placed: "NOWHERE" }, `${count(clients.withoutZone, "proxy has", "proxies have")} no zone`),
    );
  }
  return lines;
}

function findings(store) {
  const errors = store.slot("findings").value?.severities.ERROR ?? 0;
  return errors > 0 ? [to({ severity: "ERROR" }, count(errors, "finding is an error", "findings are errors"), "findings")] : [];
}

function to(changes, text, part = "proxies") {
  return h("a", { href: link(changes), onClick: () => document.getElementById(part)?.focus() }, text);
}
