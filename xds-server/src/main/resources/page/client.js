// From where the chosen Service is looked at: a zone, a Node, or a proxy that is connected.
import { go, nowhere } from "/route.js";
import { h } from "/text.js";

function kind(route) {
  if (route.client !== undefined) return "client";
  return route.node !== undefined ? "node" : "zone";
}

/** The choice of the client. */
export function picker(store) {
  const route = store.route;
  const chosen = kind(route);
  return h(
    "div",
    { class: "controls", role: "group", "aria-label": "Client" },
    h(
      "label",
      null,
      "from ",
      h(
        "select",
        { value: chosen, onChange: ({ target }) => go({ ...nowhere, [target.value]: first(store, target.value) }) },
        h("option", { value: "zone" }, "zone"),
        h("option", { value: "node" }, "Node"),
        h("option", { value: "client" }, "proxy"),
      ),
    ),
    chosen === "zone" ? zones(store) : names(store, chosen),
  );
}

function zones(store) {
  const known = store.slot("zones").value?.expected.rows.map((row) => row.zone) ?? [];
  const all = [...new Set([...known, "", store.route.zone ?? ""])];
  return h(
    "select",
    {
      "aria-label": "Zone of the client",
      value: store.route.zone ?? "",
      onChange: ({ target }) => go({ ...nowhere, zone: target.value }),
    },
    all.map((name) => h("option", { value: name, key: name }, name === "" ? "nowhere" : name.slice(0, 64))),
  );
}

/** What can be typed; others are taken as well. */
function names(store, chosen) {
  return [
    h("input", {
      "aria-label": chosen === "node" ? "Node of the client" : "Id of the proxy",
      list: "names",
      value: store.route[chosen] ?? "",
      onChange: ({ target }) => go({ ...nowhere, [chosen]: target.value }),
    }),
    h("datalist", { id: "names" }, known(store, chosen).map((name) => h("option", { value: name, key: name }))),
  ];
}

function known(store, chosen) {
  const clients = store.slot("clients").value?.items ?? [];
  if (chosen === "client") return [...new Set(clients.map((client) => client.id))];
  const endpoints = store.slot("now").value?.ports.flatMap((port) => port.endpoints) ?? [];
  return [...new Set([...clients, ...endpoints].map((one) => one.node))].filter((name) => name !== "").sort();
}

function first(store, wanted) {
  if (wanted === "zone") return store.slot("zones").value?.expected.rows[0]?.zone ?? "";
  return known(store, wanted)[0] ?? "";
}
