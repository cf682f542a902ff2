// How frustrated the customer is, and what lexicon and classifier said of it.

import { h } from "../dom.js";
import { badge, card } from "../parts.js";
import { figure, t } from "../words.js";

const meter = (score, level, label) =>
  h(
    "div",
    {
      class: "meter",
      role: "meter",
      "aria-label": label,
      "aria-valuemin": "0",
      "aria-valuemax": "1",
      "aria-valuenow": String(score),
      "aria-valuetext": figure(score),
      "data-level": level ?? null,
    },
    h("div", { class: "meter-fill", "--share": String(score) }),
  );

function eye(name, score, level) {
  return h(
    "div",
    { class: "eye" },
    h("dt", {}, name),
    h(
      "dd",
      {},
      meter(score, level, name),
      h("output", {}, figure(score)),
      level === undefined ? null : badge(level, true),
    ),
  );
}

export function verdict({ answer, lexicon_alone: alone }) {
  const { frustration, sentiment, classifier, warnings = [] } = answer;
  const said = classifier?.scores.frustration;
  return card(
    t("read.verdict"),
    { class: "verdict", "data-level": String(frustration.level) },
    h(
      "div",
      { class: "verdict-head" },
      badge(frustration.level),
      h("span", { class: "soft" }, t("read.sentiment", t(`sentiments.${sentiment.label}`), figure(sentiment.score))),
    ),
    h(
      "div",
      { class: "score" },
      meter(frustration.score, frustration.level, t("read.score")),
      h("output", { class: "score-figure" }, figure(frustration.score)),
    ),
    h(
      "dl",
      { class: "eyes", "aria-label": t("read.eyes") },
      eye(t("read.alone"), alone.score, alone.level),
      typeof said === "number" ? eye(t("read.model", classifier.model), said) : null,
      typeof said === "number" ? eye(t("read.both"), frustration.score, frustration.level) : null,
    ),
    warnings.length
      ? h("p", { class: "note warning" }, warnings.map((code) => t.maybe(`warnings.${code}`) || code).join(" "))
      : null,
    !classifier && !warnings.length ? h("p", { class: "hint" }, t("read.off")) : null,
  );
}
