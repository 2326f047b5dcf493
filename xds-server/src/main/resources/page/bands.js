// The picture: the client, a line to each zone as thick as its share, and the endpoints there.
import { count, h, percent, share, short, zone } from "/text.js";

const THICKEST = 28;
const MAX_DRAWN = 40;
const SIGNS = { HEALTHY: "●", DRAINING: "◐", UNHEALTHY: "○" };

/** The bands of tiers, nearest first. */
export function bands(explanation, port) {
  const { node, zone: home } = explanation.client;
  return h(
    "div",
    { class: "picture", role: "group", "aria-label": "Where the requests go" },
    h(
      "div",
      { class: "client" },
      h("b", null, "client"),
      h("span", null, zone(home, "nowhere")),
      node !== "" && h("span", null, short(node, 40)),
    ),
    h(
      "ol",
      { class: "tiers" },
      port.tiers.length === 0 && h("li", { class: "tier" }, h("p", { class: "empty" }, "There is no endpoint.")),
      port.tiers.map((tier) => band(tier, port, home)),
    ),
  );
}

function band(tier, port, home) {
  const zones = new Map();
  for (const endpoint of port.endpoints.filter((one) => one.tier === tier.tier)) {
    if (!zones.has(endpoint.zone)) zones.set(endpoint.zone, []);
    zones.get(endpoint.zone).push(endpoint);
  }
  return h(
    "li",
    { class: "tier", key: tier.tier },
    h("h3", null, `tier ${tier.tier} `, share(tier.share), tier.tier > 0 && h("small", null, tier.share > 0 ? " spill-over" : " stands by")),
    h(
      "div",
      { class: tier.share > 0 ? undefined : "stand-by" },
      [...zones].map(([name, endpoints]) => box(name, endpoints, tier, home)),
    ),
  );
}

function box(name, endpoints, tier, home) {
  const part = endpoints.reduce((sum, endpoint) => sum + endpoint.share, 0);
  const healthy = endpoints.filter((endpoint) => endpoint.health === "HEALTHY").length;
  const kind = `${name !== "" && name === home ? "stays" : "cross"}${tier.tier > 0 ? " spill" : ""}`;
  return h(
    "div",
    { class: "way", key: name },
    h("span", {
      class: `line ${part > 0 ? kind : "unused"}`,
      "aria-hidden": "true",
      style: { "--thick": `${part > 0 ? Math.max(2, Math.round(part * THICKEST)) : 1}px` },
    }),
    h(
      "div",
      { class: `zone ${part > 0 ? "" : "unused"}` },
      h("p", null, h("b", null, zone(name)), " ", share(part), ` · ${healthy} of ${count(endpoints.length, "endpoint")} healthy`),
      nodes(endpoints),
    ),
  );
}

function nodes(endpoints) {
  const byNode = new Map();
  for (const endpoint of endpoints.slice(0, MAX_DRAWN)) {
    if (!byNode.has(endpoint.node)) byNode.set(endpoint.node, []);
    byNode.get(endpoint.node).push(endpoint);
  }
  return h(
    "ul",
    { class: "nodes" },
    [...byNode].map(([name, there]) =>
      h(
        "li",
        { key: name },
        h("span", { class: "node" }, name === "" ? h("i", null, "no Node") : short(name, 32)),
        there.map(dot),
      ),
    ),
    endpoints.length > MAX_DRAWN && h("li", null, `and ${endpoints.length - MAX_DRAWN} more, in the table`),
  );
}

function dot(endpoint) {
  const words = `${endpoint.address}:${endpoint.port} ${endpoint.health.toLowerCase()}, ${percent(endpoint.share)}`;
  return h(
    "span",
    { class: `endpoint ${endpoint.health.toLowerCase()}`, title: words, key: words },
    SIGNS[endpoint.health],
    h("span", { class: "address" }, short(endpoint.address, 40)),
  );
}
