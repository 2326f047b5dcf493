// The stream that all pages of a browser share.
import { direct } from "/watch.js";

const pages = new Set();
let last = { open: false };

function tell(message) {
  for (const page of pages) page.postMessage(message);
}

globalThis.onconnect = ({ ports: [page] }) => {
  pages.add(page);
  page.postMessage(last);
};

direct(
  tell,
  (open) => {
    last = { open };
    tell(last);
  },
);
