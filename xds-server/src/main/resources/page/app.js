// The page: draws all of it whenever something is known anew.
import { render } from "/preact.js";
import { findings } from "/findings.js";
import { matrices } from "/matrix.js";
import { proxies } from "/proxies.js";
import { proxy } from "/proxy.js";
import { service } from "/service.js";
import { services } from "/services.js";
import { Store } from "/store.js";
import { h } from "/text.js";
import { banner, shifts, top } from "/top.js";
import { follow } from "/watch.js";

const root = document.getElementById("app");
let drawing = false;
let shown;
let marked = false;

const parts = {
  services: part(services, "services"),
  matrices: part(matrices, "zones", "status"),
  service: part(service, "now", "then", "zones", "clients"),
  findings: part(findings, "findings"),
};

/**
 * A part of the page that is drawn anew only when the choice or what it shows is another: what is
 * the same object is passed over.
 */
function part(view, ...names) {
  let shown = [];
  let drawn;
  return (store) => {
    const slots = names.map((name) => store.slot(name));
    const now = [store.route, ...slots.flatMap((slot) => [slot.value, slot.error, slot.busy])];
    if (now.length !== shown.length || now.some((one, i) => one !== shown[i])) {
      shown = now;
      drawn = view(store);
    }
    return drawn;
  };
}

function page(store) {
  return [
    top(store),
    banner(store),
    shifts(store),
    h(
      "main",
      null,
      parts.services(store),
      h("div", { class: "middle" }, parts.matrices(store), parts.service(store)),
      // Says for how long each has been so, which is another with each second.
      proxy(store),
      proxies(store),
      parts.findings(store),
    ),
  ];
}

/** Draws once however often it is asked in one turn. */
function draw() {
  if (drawing) return;
  drawing = true;
  queueMicrotask(() => {
    drawing = false;
    render(page(store), root);
    if (!marked && store.slot("services").value) {
      marked = true;
      performance.mark("services-shown");
    }
    attend();
  });
}

/** A Service that was just chosen is where the reader goes on, not above it. */
function attend() {
  const chosen = store.route.service;
  if (shown !== undefined && chosen !== shown.service && chosen !== undefined) {
    const heading = document.getElementById("service");
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: "nearest" });
  }
  shown = { service: chosen };
}

root.replaceChildren();
const store = new Store(draw);
follow(
  (event) => store.changed(event),
  (open) => store.stream(open),
);
setInterval(draw, 1000);
