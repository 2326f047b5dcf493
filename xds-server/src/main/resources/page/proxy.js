// One proxy: who it says it is, and how far each type of what it gets has got.
import { link, nowhere } from "/route.js";
import { age, count, h, missing, short, table, zone } from "/text.js";

const TYPES = { cds: "clusters", eds: "endpoints", lds: "listeners", rds: "routes" };

/** The chosen proxy; nothing where none is chosen. */
export function proxy(store) {
  if (store.route.client === undefined) return null;
  const slot = store.slot("client");
  const streams = slot.value?.items ?? [];
  return h(
    "section",
    { class: "proxy", "aria-busy": String(!!slot.busy) },
    h("h2", null, short(store.route.client, 80), h("small", null, " ", h("a", { href: link(nowhere) }, "close"))),
    streams.length > 0 ? streams.map(stream) : missing(slot, "No proxy of this id is connected."),
  );
}

function stream(client) {
  return [
    h(
      "p",
      { key: client.peer },
      [client.kind, client.userAgentVersion, client.protocol, `from ${client.peer || "nowhere"}`].filter(Boolean).join(" · "),
      " · for ",
      ago(client.since),
      " · Node ",
      short(client.node || "none", 60),
      ", zone ",
      zone(client.zone, "none"),
      client.namespace && [", Namespace ", short(client.namespace, 63)],
      ` · ${client.identity}`,
    ),
    table(
      `What ${client.id} has got`.slice(0, 200),
      ["Type", "State", "Names", "Sent", "Accepted", "Refused"],
      Object.entries(TYPES).map(([type, words]) => row(words, client.types[type])),
    ),
  ];
}

function row(words, type) {
  return h(
    "tr",
    { key: words },
    h("th", { scope: "row" }, words),
    h("td", { class: `name ${type.state}` }, type.state === "notAsked" ? "not asked" : type.state, type.stateSince && [" for ", ago(type.stateSince)]),
    h("td", { class: "number" }, type.names, type.wildcard && " (all)"),
    h("td", null, response(type.sent)),
    h("td", null, response(type.accepted)),
    h("td", null, refused(type)),
  );
}

function response(one) {
  return one ? [short(one.version, 24), " ", ago(one.time), " ago"] : "–";
}

function refused(type) {
  if (!type.refused) return "–";
  return [
    response(type.refused),
    ": ",
    short(type.refused.error, 160),
    type.quarantined.length > 0 && [` (${count(type.quarantined.length, "name")} held back: `, short(type.quarantined.join(", "), 120), ")"],
  ];
}

function ago(time) {
  return age(Date.now() - Date.parse(time));
}
