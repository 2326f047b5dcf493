// Who is connected, and how far each one has got: those that are in trouble first.
import { current, go, link, nowhere } from "/route.js";
import { pages } from "/services.js";
import { age, h, missing, short, table, zone } from "/text.js";

const STATES = {
  synced: "● synced",
  waiting: "◐ waiting",
  refused: "✖ refused",
  notAsked: "– asks for nothing",
};
const SOURCES = { NODE_LABEL: "Node label", BOOTSTRAP: "its own word", NOWHERE: "nowhere" };

/** The list with its filters, a page of it. */
export function proxies(store) {
  const slot = store.slot("clients");
  const list = slot.value;
  const route = store.route;
  return h(
    "section",
    { class: "proxies", "aria-busy": String(!!slot.busy) },
    h("h2", { id: "proxies", tabindex: -1 }, "Proxies", list && h("small", null, ` ${list.total} of ${list.connected}`)),
    h(
      "div",
      { class: "controls" },
      h("input", {
        type: "search",
        "aria-label": "Proxies whose id holds",
        placeholder: "id holds …",
        value: current().proxy ?? "",
        onInput: ({ target }) => go({ proxy: target.value || undefined, clientsAfter: undefined }),
      }),
      choice("state", "State of the proxies", "any state", STATES, route),
      choice("placed", "Where their zone is from", "zone from anywhere", SOURCES, route),
    ),
    list?.items.length
      ? table("Proxies", ["Proxy", "Node", "Zone", "Zone from", "Identity", "State", "Last accepted", "Protocol", "Note"], list.items.map(row))
      : missing(slot, "No proxy is connected that is like that."),
    list && pages(list, route, "clientsAfter"),
  );
}

/** A filter by one of a few values. */
export function choice(name, label, any, values, route) {
  return h(
    "select",
    {
      "aria-label": label,
      value: route[name] ?? "",
      onChange: ({ target }) => go({ [name]: target.value || undefined, clientsAfter: undefined, findingsAfter: undefined }),
    },
    h("option", { value: "" }, any),
    Object.entries(values).map(([value, words]) => h("option", { value, key: value }, words)),
  );
}

function row(client) {
  return h(
    "tr",
    { key: `${client.id} ${client.peer} ${client.since}` },
    h("th", { scope: "row" }, h("a", { href: link({ ...nowhere, client: client.id }) }, short(client.id))),
    h("td", { class: "name" }, short(client.node, 40)),
    h("td", { class: "name" }, zone(client.zone, "none")),
    h("td", { class: client.zoneSource === "NOWHERE" ? "bad" : undefined }, SOURCES[client.zoneSource]),
    h("td", null, client.identity),
    h("td", { class: `name ${client.state}` }, STATES[client.state], client.stateSince && ` ${since(client.stateSince)}`),
    h("td", { class: "number" }, accepted(client)),
    h("td", null, client.protocol),
    h("td", null, note(client)),
  );
}

function since(time) {
  return age(Date.now() - Date.parse(time));
}

function accepted(client) {
  const times = Object.values(client.types).map((type) => type.accepted?.time).filter(Boolean);
  return times.length > 0 ? since(times.sort().at(-1)) : "–";
}

function note(client) {
  const refused = Object.entries(client.types).find(([, type]) => type.state === "refused");
  if (refused) return short(`${refused[0].toUpperCase()}: ${refused[1].refused?.error}`, 160);
  if (client.node !== "" && !client.nodeKnown) {
    const meant = client.nodeSuggestion ? `: did you mean ${client.nodeSuggestion}?` : "";
    return short(`nobody knows its Node${meant}`, 160);
  }
  return client.waitsFor ? `waits for ${client.waitsFor === "answer" ? "its answer" : "its turn"}` : "";
}
