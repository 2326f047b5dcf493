// The chosen Service: what a client gets of it, why, and what would change that.
import { bands } from "/bands.js";
import { picker } from "/client.js";
import { endpoints } from "/endpoints.js";
import { link } from "/route.js";
import { rules } from "/rules.js";
import { h, missing, share, short, zone } from "/text.js";
import { whatIf, wouldChange } from "/whatif.js";

/** All of it, or what to do to see it. */
export function service(store) {
  const route = store.route;
  if (route.service === undefined) {
    return h("section", { class: "service" }, h("p", { class: "empty" }, "Choose a Service: what a client gets of it, and why, stands here then."));
  }
  const slot = store.slot(route["what-if"] ? "then" : "now");
  return h(
    "section",
    { class: "service", "aria-busy": String(!!slot.busy) },
    h("h2", { id: "service", tabindex: -1 }, short(route.service, 80)),
    picker(store),
    slot.value ? explained(store, slot.value) : missing(slot, ""),
  );
}

function explained(store, explanation) {
  const port = chosen(explanation.ports, store.route.port);
  if (!port) return h("p", { class: "empty" }, "This Service has no port that is served.");
  const before = store.slot("now").value;
  const old = before && chosen(before.ports, store.route.port);
  return [
    explanation.ports.length > 1 && ports(explanation.ports, port),
    verdict(explanation, port, store.route["what-if"] && old),
    whatIf(store, port),
    h(
      "div",
      { class: "sides" },
      h("div", { class: "wide" }, bands(explanation, port), wouldChange(port, store.route), command(store.route, port)),
      rules(port),
    ),
    endpoints(store, port),
  ];
}

function chosen(all, name) {
  return all.find((port) => port.cluster === name) ?? all[0];
}

function ports(all, port) {
  return h(
    "nav",
    { class: "ports", "aria-label": "Ports" },
    all.map((one) =>
      h(
        "a",
        { key: one.cluster, href: link({ port: one.cluster }), "aria-current": one === port ? "true" : undefined },
        short(`${one.port || one.number} ${one.port ? one.number : ""}`, 40),
      ),
    ),
  );
}

/** The one line that matters: how much stays and leaves, before and after what is tried. */
function verdict(explanation, port, old) {
  const home = explanation.client.zone;
  const was = (name) => old && old[name] !== port[name] && h("s", null, share(old[name]), " ");
  return h(
    "p",
    { class: "verdict", id: "verdict" },
    port.reachable
      ? [
          home !== "" && [h("span", null, "stays in ", zone(home), " ", was("stays"), share(port.stays, { class: "figure", id: "stays" }))],
          h("span", null, home === "" ? "from nowhere, leaves " : "leaves ", was("leaves"), share(port.leaves, { class: "figure", id: "leaves" })),
        ]
      : h("strong", { class: "bad" }, "✖ no endpoint takes requests from there"),
    h("span", { class: "reason" }, port.decision.reason),
    h("span", null, port.decision.meaning),
  );
}

/** The same question for a terminal. */
function command(route, port) {
  const flags = ["client", "node", "zone"]
    .filter((name) => route[name] !== undefined)
    .map((name) => `--${name === "client" ? "from" : name} ${quoted(route[name])}`);
  if (route["what-if"]) flags.push(`--what-if ${quoted(route["what-if"])}`);
  const text = `topology-xds explain ${quoted(route.service)} --port ${port.port || port.number} ${flags.join(" ")} --admin ${location.host}`;
  return h(
    "div",
    { class: "command" },
    h("h3", null, "As a command"),
    h("code", null, short(text, 400)),
    navigator.clipboard && h("button", { type: "button", onClick: () => navigator.clipboard.writeText(text) }, "copy"),
  );
}

function quoted(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
