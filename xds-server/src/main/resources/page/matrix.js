// Zone by zone: where requests are expected to go, and beside it where they were counted.
import { link } from "/route.js";
import { count, h, missing, percent, share, short, table, zone } from "/text.js";

/** Both matrices side by side; a cell leads to its Services and its proxies. */
export function matrices(store) {
  const slot = store.slot("zones");
  const zones = slot.value;
  const acting = store.slot("status").value?.shifts ?? [];
  const emptied = new Set(acting.filter((shift) => shift.phase === "Active").map((shift) => shift.zone));
  return h(
    "section",
    { class: "zones", "aria-busy": String(!!slot.busy) },
    h("h2", null, "From zone to zone"),
    zones
      ? h("div", { class: "sides" }, expected(zones, emptied, store.route), measured(zones, emptied, store.route))
      : missing(slot, ""),
  );
}

function expected(zones, emptied, route) {
  const { rows, crossZone } = zones.expected;
  const tried = zones.whatIf.length > 0 && [" if ", short(zones.whatIf.join(", "), 60)];
  return h(
    "div",
    null,
    h("h3", null, "Expected", tried, ": ", share(crossZone), " crosses"),
    matrix("Expected shares", { rows, emptied }, route, (row) => note(row, zones.connected)),
    h("p", { class: "note" }, "Each Node asks each Service port alike."),
  );
}

function note(row, connected) {
  const proxies = connected[row.zone] ?? 0;
  return `${count(row.clients, "Node")}, ${count(proxies, "proxy", "proxies")}`;
}

function measured(zones, emptied, route) {
  const { measured: load } = zones;
  if (!load) return null;
  if (load.rows.length === 0) {
    return h("div", null, h("h3", null, "Measured"), h("p", { class: "empty" }, "No proxy has reported any requests yet."));
  }
  return h(
    "div",
    null,
    h("h3", null, "Measured: ", share(load.crossZone), " crosses"),
    matrix("Measured shares", { rows: load.rows, emptied }, route, (row) => count(row.requests, "request")),
    h("p", { class: "note" }, `As proxies reported of the last ${Math.round(load.seconds / 60)} min.`),
  );
}

function matrix(label, { rows, emptied }, route, words) {
  const columns = [...new Set(rows.flatMap((row) => [row.zone, ...Object.keys(row.zones)]))]
    .filter((name) => name !== "" || rows.some((row) => row.zones[""] > 0))
    .sort();
  const lost = rows.some((row) => row.nowhere > 0);
  return table(
    label,
    ["from \\ to", ...columns.map((name) => head(name, emptied)), lost && "nowhere"].filter((c) => c !== false),
    rows.map((row) =>
      h(
        "tr",
        { key: row.zone },
        h("th", { scope: "row" }, head(row.zone, emptied, "nowhere"), h("small", null, words(row))),
        columns.map((to) => cell(row, to, route)),
        lost && h("td", { class: "number bad" }, row.nowhere > 0 ? share(row.nowhere) : "–"),
      ),
    ),
  );
}

/** A zone's name, crossed out while a ZonalShift empties it. */
function head(name, emptied, none) {
  return emptied.has(name) ? h("s", { title: "emptied by a ZonalShift" }, zone(name, none)) : zone(name, none);
}

function cell(row, to, route) {
  const part = row.zones[to] ?? 0;
  const stays = row.zone !== "" && row.zone === to;
  const chosen = route.from === row.zone && route.to === to;
  const words = `${row.zone || "nowhere"} to ${to || "no zone"}: ${percent(part)}`.slice(0, 300);
  return h(
    "td",
    { class: `cell ${stays ? "stays" : "cross"}`, style: { "--share": String(part) } },
    part > 0
      ? h(
          "a",
          {
            href: link({ from: row.zone, to, after: undefined, clientsAfter: undefined }),
            "aria-label": `${words}; show its Services and proxies`,
            "aria-current": chosen ? "true" : undefined,
          },
          share(part),
        )
      : share(part, { class: "none" }),
  );
}
