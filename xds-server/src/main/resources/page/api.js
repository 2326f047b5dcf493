// Reads the API, and keeps the page from costing the server more than its part.

/** Of one core, an open page takes so much for good; a new one has a second in hand. */
const PART = 0.01;
const CREDIT = 1000;

/** But it waits no longer than this: a change is shown within two seconds. */
const MAX_PAUSE = 1500;

/** An answer that says what was wrong with the question, or with the server. */
export class ApiError extends Error {
  constructor(status, line) {
    super(line);
    this.status = status;
  }
}

let credit = CREDIT;
let counted = performance.now();

/** Milliseconds until the server may be asked again; 0: now. */
export function pause() {
  const now = performance.now();
  credit = Math.min(CREDIT, credit + (now - counted) * PART);
  counted = now;
  return credit > 0 ? 0 : -credit / PART;
}

/** A path below /api/v1 with its parameters; those that are undefined are left out. */
export function address(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, value);
  }
  const text = query.toString();
  return `/api/v1/${path}${text ? `?${text}` : ""}`;
}

/** Returns the JSON at an address. Throws an ApiError, or a TypeError when nobody answers. */
export async function read(url) {
  const response = await fetch(url);
  const took = /dur=([0-9.]+)/.exec(response.headers.get("server-timing") ?? "");
  credit = Math.max(credit - (took ? Number(took[1]) : 0), -MAX_PAUSE * PART);
  const body = await response.json();
  if (!response.ok) throw new ApiError(response.status, body.error);
  return body;
}
