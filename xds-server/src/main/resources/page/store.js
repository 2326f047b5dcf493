// Holds what was read, and reads again what has changed, while somebody looks.
import { ApiError, address, pause, read } from "/api.js";
import { current, place } from "/route.js";

/** Changes that come close together are read once. */
const TOGETHER = 250;

/** So often the server is asked how it is: it need not change for that. */
const PULSE = 5000;

export const PAGE = 25;

/** What the choice asks of the API: for each part of the page where it is, and what changes it. */
function questions(route) {
  const whatIf = route["what-if"];
  const all = {
    status: { path: "status", parameters: {}, by: ["services", "clients", "findings"] },
    services: {
      path: "services",
      parameters: {
        sort: route.sort ?? "worst",
        limit: PAGE,
        search: route.q,
        from: route.from,
        to: route.to,
        continue: route.after,
      },
      by: ["services"],
    },
    zones: { path: "zones", parameters: { ports: 0, "what-if": zoneWide(whatIf) }, by: ["services"] },
    clients: {
      path: "clients",
      parameters: {
        sort: "worst",
        limit: PAGE,
        state: route.state,
        search: route.proxy,
        zoneSource: route.placed,
        zone: route.from,
        continue: route.clientsAfter,
      },
      by: ["clients"],
    },
    findings: {
      path: "findings",
      parameters: {
        sort: "severity",
        limit: PAGE,
        severity: route.severity,
        continue: route.findingsAfter,
      },
      by: ["findings"],
    },
  };
  if (route.service !== undefined && Object.values(place(route)).some((v) => v !== undefined)) {
    const path = `services/${route.service.split("/").map(encodeURIComponent).join("/")}/explain`;
    const by = ["services", "clients"];
    all.now = { path, parameters: place(route), by };
    if (whatIf) all.then = { path, parameters: { ...place(route), "what-if": whatIf }, by };
  }
  return all;
}

/** Of the changes that are tried, those that concern more than one Service. */
function zoneWide(whatIf) {
  const wide = (whatIf ?? "").split(",").filter((change) => /^(zone|node)-down=/.test(change));
  return wide.length > 0 ? wide.join(",") : undefined;
}

/** Everything that is known, and `draw` to show it. */
export class Store {
  constructor(draw) {
    this.draw = draw;
    this.slots = {};
    this.open = undefined;
    this.heard = undefined;
    this.timer = undefined;
    addEventListener("hashchange", () => this.look());
    document.addEventListener("visibilitychange", () => this.look());
    setInterval(() => this.changed(["pulse"]), PULSE);
    this.look();
  }

  /** A part of what is known: its `value`, the `error` of the last attempt, whether it is `due`. */
  slot(name) {
    return this.slots[name] ?? {};
  }

  /** The choice is another, or somebody looks again. */
  look() {
    this.route = current();
    this.ask();
  }

  /** The server says that these lists have changed. */
  changed(names) {
    for (const [name, question] of Object.entries(questions(this.route))) {
      const slot = this.slots[name];
      const pulse = names.includes("pulse") && (name === "status" || slot?.error);
      if (slot && (pulse || question.by.some((list) => names.includes(list)))) slot.due = true;
    }
    if (this.timer === undefined) {
      this.timer = setTimeout(() => this.ask(), Math.max(TOGETHER, pause()));
    }
  }

  /** The stream of changes is open, or not any more. */
  stream(open) {
    this.open = open;
    this.draw();
  }

  ask() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (document.hidden) return;
    const asked = questions(this.route);
    for (const name of Object.keys(this.slots)) {
      if (!asked[name]) delete this.slots[name];
    }
    for (const [name, question] of Object.entries(asked)) {
      const url = address(question.path, question.parameters);
      const slot = this.slots[name];
      if (!slot || slot.url !== url) {
        this.slots[name] = { ...slot, url, due: true, reading: false };
      }
    }
    for (const name of Object.keys(asked)) this.read(name);
    this.draw();
  }

  /** Reads a part, if it is due and not being read: what changes meanwhile is read after that. */
  async read(name) {
    const slot = this.slots[name];
    if (!slot.due || slot.reading) return;
    slot.due = false;
    slot.reading = true;
    try {
      slot.value = await read(slot.url);
      slot.error = undefined;
      this.heard = performance.now();
      this.reached = true;
    } catch (error) {
      slot.error = error instanceof ApiError ? error.message : "the server does not answer";
      if (error instanceof ApiError) slot.value = undefined;
      else this.reached = false;
    }
    slot.reading = false;
    if (slot.due) this.changed([]);
    if (this.slots[name] === slot) this.draw();
  }
}
