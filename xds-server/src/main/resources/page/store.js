// Holds what was read, and reads again what has changed, while somebody looks.
import { ApiError, address, pause, read } from "/api.js";
import { current, place } from "/route.js";

/** Changes that come close together are read once. */
const TOGETHER = 250;

/** So often the server is asked how it is: it need not change for that. */
const PULSE = 5000;

/** An answer is mostly there before: then the page is drawn once, not first without and then with it. */
const GRACE = 50;

export const PAGE = 25;

/**
 * What the choice asks of the API: for each part of the page where it is, what changes it, and what
 * changes it so often that it is read again with the next pulse.
 */
function questions(route) {
  const whatIf = route["what-if"];
  const all = {
    status: { path: "status", parameters: {}, by: ["services", "clients", "findings"] },
    services: {
      path: "services",
      parameters: {
        sort: route.sort ?? "worst",
        limit: PAGE,
        ports: 0,
        search: route.q,
        from: route.from,
        to: route.to,
        continue: route.after,
      },
      by: ["services"],
    },
    zones: {
      path: "zones",
      parameters: { ports: 0, "what-if": zoneWide(whatIf) },
      by: ["services"],
      later: ["clients", "load"],
    },
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
  if (route.client !== undefined) {
    all.client = { path: "clients", parameters: { id: route.client, limit: PAGE }, by: ["clients"] };
  }
  if (route.service !== undefined && Object.values(place(route)).some((v) => v !== undefined)) {
    const path = `services/${route.service.split("/").map(encodeURIComponent).join("/")}/explain`;
    const { service } = route;
    // How far it has got with a proxy changes with the proxy, what a zone gets does not.
    const by = route.client === undefined ? ["services"] : ["services", "clients"];
    all.now = { path, parameters: place(route), by, service };
    if (whatIf) {
      all.then = { path, parameters: { ...place(route), "what-if": whatIf }, by: ["services"], service };
    }
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
    setInterval(() => this.pulse(), PULSE);
    this.look();
  }

  /**
   * A part of what is known: its `value`, the `error` of the last attempt, whether it is `due`, and
   * whether it is `busy`: something else was asked for than what is known.
   */
  slot(name) {
    return this.slots[name] ?? {};
  }

  /** The choice is another, or somebody looks again. */
  look() {
    this.route = current();
    this.ask();
  }

  /** The server says that these lists have changed; of Services maybe which. */
  changed({ changed, services }) {
    for (const [name, question] of Object.entries(questions(this.route))) {
      const slot = this.slots[name];
      if (!slot) continue;
      const others = services && question.service && !services.includes(question.service);
      const lists = others ? changed.filter((list) => list !== "services") : changed;
      if (question.by.some((list) => lists.includes(list))) slot.due = true;
      if (question.later?.some((list) => lists.includes(list))) slot.later = true;
    }
    this.soon();
  }

  /** Time has passed. */
  pulse() {
    for (const [name, slot] of Object.entries(this.slots)) {
      if (name === "status" || slot.error || slot.later) slot.due = true;
    }
    this.soon();
  }

  /** Reads what is due, with what comes close behind. */
  soon() {
    if (this.timer === undefined && Object.values(this.slots).some((slot) => slot.due)) {
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
        this.slots[name] = { ...slot, url, due: true, reading: false, busy: true };
      }
    }
    for (const name of Object.keys(asked)) this.read(name);
    if (Object.values(this.slots).some((slot) => slot.reading)) setTimeout(this.draw, GRACE);
    else this.draw();
  }

  /** Reads a part, if it is due and not being read: what changes meanwhile is read after that. */
  async read(name) {
    const slot = this.slots[name];
    if (!slot.due || slot.reading) return;
    slot.due = false;
    slot.later = false;
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
    slot.busy = false;
    this.soon();
    if (this.slots[name] === slot) this.draw();
  }
}
