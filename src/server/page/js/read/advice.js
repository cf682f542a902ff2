// What follows: the action with its rule, and lines that may be said.

import { h } from "../dom.js";
import { card, chip, copyButton } from "../parts.js";
import { DIMENSIONS } from "../signals.js";
import { percent, t } from "../words.js";

export function decision({ answer: { action, escalation }, rule }) {
  return card(
    t("read.decision"),
    { class: "decision" },
    h("p", { class: "action", "data-action": action }, t(`actions.${action}`)),
    h(
      "dl",
      { class: "pairs" },
      escalation
        ? [h("dt", {}, t("read.queue")), h("dd", {}, t.maybe(`queues.${escalation.queue}`) || escalation.queue)]
        : null,
      escalation?.reasons.length
        ? [
            h("dt", {}, t("read.reasons")),
            h(
              "dd",
              { class: "legend" },
              escalation.reasons.map((code) => chip(code)),
            ),
          ]
        : null,
      escalation?.protect_agent ? [h("dt", {}, t("read.protect")), h("dd", {}, t("read.protectAgent"))] : null,
    ),
    rule ? h("p", { class: "hint" }, h("code", {}, `policy.toml · ${t("read.rule", rule)}`)) : null,
  );
}

export function lines(list) {
  return card(
    t("read.lines"),
    { class: "lines" },
    list.length
      ? h(
          "ol",
          {},
          list.map((line) =>
            h(
              "li",
              {},
              // Odd parts are the names of slots.
              h(
                "p",
                { lang: "ko" },
                line.text
                  .split(/\{([^}]*)\}/)
                  .map((part, index) => (index % 2 ? h("span", { class: "slot" }, part) : part)),
              ),
              h("div", { class: "line-foot" }, h("code", {}, line.id), copyButton(line.text)),
            ),
          ),
        )
      : h("p", { class: "hint" }, t("read.noLines")),
  );
}

export function effort(values) {
  if (!DIMENSIONS.some((name) => values[name] > 0)) return null;
  return card(
    t("read.effort"),
    { class: "effort" },
    h(
      "dl",
      { class: "gauges" },
      DIMENSIONS.map((name) =>
        h(
          "div",
          { class: "gauge" },
          h("dt", {}, t(`dimensions.${name}`)),
          h(
            "dd",
            {},
            h("span", { class: "gauge-bar", "aria-hidden": "true", "--share": String(values[name]) }, h("i")),
            h("output", {}, percent(values[name])),
          ),
        ),
      ),
    ),
  );
}
