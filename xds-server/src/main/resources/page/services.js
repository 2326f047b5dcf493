// The list of Services, worst first: what finds no endpoint, then what leaves its zone most.
import { current, go, link, nowhere } from "/route.js";
import { bar, count, h, missing, share, short, table, zone } from "/text.js";

/** The list with its filter, a page of it. */
export function services(store) {
  const slot = store.slot("services");
  const list = slot.value;
  const route = store.route;
  return h(
    "section",
    { class: "services", "aria-busy": String(!!slot.busy) },
    h("h2", null, "Services", list && h("small", null, ` ${total(list, route)}`)),
    h(
      "div",
      { class: "controls" },
      h("input", {
        type: "search",
        "aria-label": "Services whose name holds",
        placeholder: "name holds …",
        // Of the address, which has a letter at once: what is drawn meanwhile must not take it away.
        value: current().q ?? "",
        onInput: ({ target }) => go({ q: target.value || undefined, after: undefined }),
      }),
      h(
        "select",
        {
          "aria-label": "Order of the Services",
          value: route.sort ?? "worst",
          onChange: ({ target }) => go({ sort: target.value, after: undefined }),
        },
        h("option", { value: "worst" }, "worst first"),
        h("option", { value: "name" }, "by name"),
      ),
    ),
    (route.from !== undefined || route.to !== undefined) && cell(route),
    list?.items.length
      ? table("Services", ["Service", "Leaves its zone"], list.items.map((s) => row(s, route)))
      : missing(slot, "No Service is like that."),
    list && pages(list, route, "after"),
  );
}

function total(list, route) {
  return `${list.total}${route.q ? " match" : ""}`;
}

function cell(route) {
  return h(
    "p",
    { class: "filter" },
    "from ", zone(route.from ?? "", "nowhere"), " to ", zone(route.to ?? ""), " ",
    h("a", { href: link({ from: undefined, to: undefined, after: undefined }) }, "show all"),
  );
}

function row(service, route) {
  const name = `${service.namespace}/${service.name}`;
  const chosen = route.service === name;
  const changes = { service: name, port: undefined, ...view(service, route) };
  return h(
    "tr",
    { key: name, class: chosen ? "chosen" : undefined },
    h(
      "th",
      { scope: "row" },
      h("a", { href: link(changes), "aria-current": chosen ? "true" : undefined }, short(name, 48)),
      h("small", null, service.reasons.map((reason) => h("span", { class: "reason" }, reason))),
    ),
    h("td", { class: "number" }, leaves(service)),
  );
}

/** From where it is looked at first: as before, else from the zone that fares worst. */
function view(service, route) {
  if (route.client !== undefined || route.node !== undefined || route.zone !== undefined) return {};
  return { ...nowhere, zone: service.worst };
}

function leaves(service) {
  if (service.nowhere === 1) return h("strong", { class: "bad" }, "✖ no endpoint");
  return [
    share(service.leaves),
    bar(service.leaves, "cross"),
    service.nowhere > 0 && h("strong", { class: "bad" }, " ✖ not from everywhere"),
  ];
}

/** Where a list goes on, and its beginning. */
export function pages(list, route, name) {
  if (route[name] === undefined && list.remaining === undefined) return null;
  return h(
    "nav",
    { class: "pages", "aria-label": "Pages" },
    route[name] !== undefined && h("a", { href: link({ [name]: undefined }) }, "first page"),
    list.remaining !== undefined &&
      h("a", { href: link({ [name]: list.continue }) }, `next page (${count(list.remaining, "more", "more")})`),
  );
}
