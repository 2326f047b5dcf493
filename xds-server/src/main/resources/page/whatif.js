// Changes that have not happened: switched on, the page shows what would be then.
import { go, link } from "/route.js";
import { h, share, short } from "/text.js";

const SWITCHES = [
  ["preference", "annotation topology-xds.io/preference", ["none", "same-zone", "same-node"]],
  ["not-ready", "annotation topology-xds.io/not-ready", ["auto", "omit"]],
  ["trafficDistribution", "spec.trafficDistribution", ["none", "PreferSameZone", "PreferSameNode"]],
  ["internalTrafficPolicy", "spec.internalTrafficPolicy", ["Cluster", "Local"]],
  ["failover", "annotation topology-xds.io/failover", ["anywhere", "region", "zone", "none"]],
  ["spill-below", "annotation topology-xds.io/spill-below", ["10%", "30%", "50%", "70%", "100%"]],
  ["balance", "annotation topology-xds.io/balance", ["strict", "fair"]],
  ["overload-threshold", "annotation topology-xds.io/overload-threshold", ["0%", "20%", "50%", "100%"]],
];

function changes(route) {
  return (route["what-if"] ?? "").split(",").filter((change) => change !== "");
}

function text(all) {
  return { "what-if": all.length > 0 ? all.join(",") : undefined };
}

function without(all, change) {
  return all.filter((other) => other !== change);
}

/** The address with a change switched on, or off where it is on. */
export function toggled(route, change) {
  const all = changes(route);
  return link(text(all.includes(change) ? without(all, change) : [...all, change]));
}

/** The switches. */
export function whatIf(store, port) {
  const route = store.route;
  const all = changes(route);
  const known = store.slot("now").value?.ports.flatMap((one) => one.endpoints) ?? port.endpoints;
  const zones = [...new Set(known.map((endpoint) => endpoint.zone))].filter((name) => name !== "").sort();
  const nodes = [...new Set(known.map((endpoint) => endpoint.node))].filter((name) => name !== "").sort();
  return h(
    "details",
    { class: "what-if", open: all.length > 0 ? true : undefined },
    h("summary", null, "What if"),
    h("div", { class: "controls", role: "group", "aria-label": "Zones that are down" }, zones.map((name) => down(name, all))),
    h(
      "div",
      { class: "controls" },
      nodes.length > 0 && choice("Node is down", "node-down", nodes, all),
      added([...places(store), ...nodes], port.family, all),
      SWITCHES.map(([key, label, values]) => choice(label, key, values, all)),
    ),
    all.length > 0 && h("p", { class: "filter" }, "tried: ", all.map((change) => tried(change, all)), h("a", { href: link(text([])) }, "as it is")),
  );
}

function down(name, all) {
  const change = `zone-down=${name}`;
  const on = all.includes(change);
  return h(
    "label",
    { key: name },
    h("input", {
      type: "checkbox",
      checked: on,
      onChange: () => go(text(on ? without(all, change) : [...all, change])),
    }),
    short(name, 40),
    " is down",
  );
}

/** Zones where clients or endpoints are: an endpoint may come where none is. */
function places(store) {
  return store.slot("zones").value?.expected.rows.map((row) => row.zone).filter((name) => name !== "") ?? [];
}

/** One endpoint more, at an address that is nobody's (RFC 5737, RFC 3849). */
function added(where, family, all) {
  const next = all.filter((change) => change.startsWith("endpoint-added=")).length + 1;
  const address = family === "IPv6" ? `2001:db8::${next}` : `192.0.2.${next}`;
  return h(
    "label",
    { key: "endpoint-added" },
    "One endpoint more in ",
    h(
      "select",
      {
        id: "endpoint-added",
        value: "",
        onChange: ({ target }) => target.value && go(text([...all, `endpoint-added=${address}@${target.value}`])),
      },
      h("option", { value: "" }, "as it is"),
      where.map((name) => h("option", { value: name, key: name }, name.slice(0, 64))),
    ),
  );
}

function choice(label, key, values, all) {
  const now = all.find((change) => change.startsWith(`${key}=`));
  return h(
    "label",
    { key },
    `${label} `,
    h(
      "select",
      {
        value: now?.slice(key.length + 1) ?? "",
        onChange: ({ target }) => go(text([...without(all, now), ...(target.value ? [`${key}=${target.value}`] : [])])),
      },
      h("option", { value: "" }, "as it is"),
      values.map((value) => h("option", { value, key: value }, value.slice(0, 64))),
    ),
  );
}

function tried(change, all) {
  return [
    h("a", { href: link(text(without(all, change))), "aria-label": `take back ${change}`.slice(0, 200), key: change }, short(change, 48), " ✕"),
    " ",
  ];
}

/** What the server tried by itself: the changes that one would ask about first. */
export function wouldChange(port, route) {
  if (port.whatWouldChange.length === 0) return null;
  return h(
    "div",
    null,
    h("h3", null, "What would change it"),
    h(
      "ul",
      { class: "plain" },
      port.whatWouldChange.map((one) =>
        h(
          "li",
          { key: one.change },
          h("a", { href: toggled(route, one.change) }, short(one.change, 60)),
          one.reachable ? [": stays ", share(one.stays), ", leaves ", share(one.leaves)] : ": no endpoint is left",
        ),
      ),
    ),
  );
}
