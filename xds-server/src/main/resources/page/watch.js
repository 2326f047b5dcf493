// Is told of changes by one stream for all pages of this browser: it has six connections to a
// server, and the server 32 for who watches. Where there are no shared workers each page has one.

const AGAIN = 5000;

// The one place where a text becomes an address of a script (Trusted Types).
const policy = globalThis.trustedTypes?.createPolicy("page", { createScriptURL: (url) => url });

/**
 * Opens the stream.
 * @param told called with each event: the lists that have `changed`, and which `services`, if known
 * @param open called with whether the stream is open, when that changes
 */
export function follow(told, open) {
  if (globalThis.document && globalThis.SharedWorker) {
    const url = "/watch-worker.js";
    const worker = new SharedWorker(policy ? policy.createScriptURL(url) : url, { type: "module" });
    worker.port.onmessage = ({ data }) => ("open" in data ? open(data.open) : told(data));
    worker.onerror = () => direct(told, open);
    worker.port.start();
  } else {
    direct(told, open);
  }
}

/** Opens a stream of one's own. */
export function direct(told, open) {
  const source = new EventSource("/api/v1/?watch");
  source.onopen = () => open(true);
  source.addEventListener("change", (event) => told(JSON.parse(event.data)));
  source.onerror = () => {
    open(false);
    // The browser tries again by itself, but not after a refusal.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => direct(told, open), AGAIN);
  };
}
