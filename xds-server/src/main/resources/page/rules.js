// The rules in their order, with their numbers: which one decided, and what the others found.
import { h, short } from "/text.js";

const RESULTS = {
  PASSED: ["○", "passed"],
  DECIDED: ["➜", "decides"],
  NOT_ASKED: ["–", "not asked"],
  APPLIED: ["➜", "changes it"],
};

/** The rules of a port for one client. */
export function rules(port) {
  return h(
    "div",
    { class: "rules" },
    h("h3", null, "Why: the rules in order"),
    h("ol", null, port.rules.map((rule, i) => line(rule, i))),
  );
}

function line(rule, i) {
  const [sign, words] = RESULTS[rule.result];
  return h(
    "li",
    { key: i, class: rule.result.toLowerCase().replace("_", "-") },
    h("span", { class: "sign", "aria-hidden": "true" }, sign),
    h("span", { class: "rule" }, `rule ${rule.rule}`),
    h("span", { class: "text" }, short(rule.text || rule.name.toLowerCase().replaceAll("_", " "), 300)),
    h("span", { class: "result" }, words),
  );
}
