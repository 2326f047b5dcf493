// Every endpoint with its share and why it stands there, and those that are left out.
import { toggled } from "/whatif.js";
import { link } from "/route.js";
import { count, h, share, short, table, zone } from "/text.js";

const STEP = 60;
const HEALTH = { HEALTHY: "● healthy", DRAINING: "◐ draining", UNHEALTHY: "○ unhealthy" };

/** The table of endpoints, so many as `rows` of the address says, and what is left out. */
export function endpoints(store, port) {
  const shown = Number(store.route.rows) || STEP;
  const more = port.endpoints.length - shown;
  return [
    h("h3", null, count(port.endpoints.length, "endpoint")),
    port.endpoints.length > 0 &&
      table(
        "Endpoints",
        ["Tier", "Endpoint", "Zone", "Node", "State", "Hints", "Share", "Why", "What if"],
        port.endpoints.slice(0, shown).map((endpoint) => row(endpoint, store.route)),
      ),
    more > 0 && h("p", null, h("a", { href: link({ rows: String(shown + STEP * 4) }) }, `${more} more`)),
    port.leftOut.length > 0 && leftOut(port.leftOut),
  ];
}

function row(endpoint, route) {
  const down = `endpoint-${endpoint.health === "HEALTHY" ? "not-ready" : "ready"}=${endpoint.address}`;
  return h(
    "tr",
    { key: `${endpoint.address} ${endpoint.port}`, class: endpoint.share > 0 ? undefined : "unused" },
    h("td", { class: "number" }, endpoint.tier),
    h("th", { scope: "row" }, short(`${endpoint.address}:${endpoint.port}`)),
    h("td", { class: "name" }, zone(endpoint.zone)),
    h("td", { class: "name" }, short(endpoint.node, 40)),
    h("td", { class: `name ${endpoint.health.toLowerCase()}` }, HEALTH[endpoint.health]),
    h("td", null, short([...endpoint.hints.zones, ...endpoint.hints.nodes].join(", ") || "–", 40)),
    h("td", { class: "number" }, share(endpoint.share)),
    h("td", null, short(endpoint.why, 120)),
    h("td", { class: "name" }, h("a", { href: toggled(route, down) }, endpoint.health === "HEALTHY" ? "not ready" : "ready")),
  );
}

function leftOut(omissions) {
  return [
    h("h3", null, "Left out"),
    table(
      "Endpoints that are left out",
      ["Endpoint", "Slice", "Reason", "Why"],
      omissions.slice(0, STEP).map((one, i) =>
        h(
          "tr",
          { key: i },
          h("th", { scope: "row" }, one.address === "" ? count(one.endpoints, "endpoint") : short(one.address)),
          h("td", null, short(one.slice, 48)),
          h("td", null, h("span", { class: "reason" }, one.reason)),
          h("td", null, short(one.why, 120)),
        ),
      ),
    ),
    omissions.length > STEP && h("p", null, `and ${omissions.length - STEP} more`),
  ];
}
