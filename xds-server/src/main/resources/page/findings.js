// What is odd about objects, endpoints and files now: errors first.
import { choice } from "/proxies.js";
import { pages } from "/services.js";
import { h, missing, short, table } from "/text.js";

const SEVERITIES = { ERROR: "✖ error", WARNING: "▲ warning", INFO: "● info" };

/** The list with its filter, a page of it. */
export function findings(store) {
  const slot = store.slot("findings");
  const list = slot.value;
  const route = store.route;
  return h(
    "section",
    { class: "findings", "aria-busy": String(!!slot.busy) },
    h("h2", { id: "findings", tabindex: -1 }, "Findings", list && h("small", null, ` ${list.total}`)),
    h("div", { class: "controls" }, choice("severity", "Severity of the findings", "any severity", SEVERITIES, route)),
    list?.items.length
      ? table("Findings", ["Severity", "Reason", "Object", "What is odd"], list.items.map(row))
      : missing(slot, "Nothing is odd."),
    list && pages(list, route, "findingsAfter"),
  );
}

function row(finding) {
  const key = [finding.object, finding.reason, finding.endpoint, finding.message].join(" ");
  return h(
    "tr",
    { key },
    h("td", { class: finding.severity.toLowerCase() }, SEVERITIES[finding.severity]),
    h("td", null, h("span", { class: "reason" }, finding.reason)),
    h("th", { scope: "row" }, short(finding.object)),
    h("td", null, short(finding.message, 300)),
  );
}
