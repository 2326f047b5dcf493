// What is looked at stands in the fragment of the address, so that it can be sent to somebody.

let read;
let choice;

/** What is chosen: a map of names to texts; a name that is absent is not chosen. Every link asks. */
export function current() {
  const { hash } = location;
  if (hash !== read) {
    read = hash;
    choice = Object.freeze(Object.fromEntries(new URLSearchParams(hash.slice(1))));
  }
  return choice;
}

/** The address of the same with some of it chosen otherwise; undefined takes a choice back. */
export function link(changes, from = current()) {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...from, ...changes })) {
    if (value !== undefined) next.set(name, value);
  }
  return `#${next}`;
}

/** Chooses. */
export function go(changes) {
  location.hash = link(changes);
}

/** From where a Service is looked at: what the API's `explain` takes. */
export function place(route) {
  const { client, node, zone } = route;
  return client !== undefined ? { client } : { node, zone };
}

/** The same of an address: no place at all. */
export const nowhere = { client: undefined, node: undefined, zone: undefined };
