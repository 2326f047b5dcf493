// The page: draws all of it whenever something is known anew.
import { render } from "/preact.js";
import { findings } from "/findings.js";
import { matrices } from "/matrix.js";
import { proxies } from "/proxies.js";
import { service } from "/service.js";
import { services } from "/services.js";
import { Store } from "/store.js";
import { h } from "/text.js";
import { banner, top } from "/top.js";
import { follow } from "/watch.js";

const root = document.getElementById("app");
let drawing = false;
let shown;

function page(store) {
  return [
    top(store),
    banner(store),
    h(
      "main",
      null,
      services(store),
      h("div", { class: "middle" }, matrices(store), service(store)),
      proxies(store),
      findings(store),
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
  (changed) => store.changed(changed),
  (open) => store.stream(open),
);
setInterval(draw, 1000);
