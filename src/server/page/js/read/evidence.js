// Each thing that was found, what it counts for, and what changed that.

import { h } from "../dom.js";
import { card, chip } from "../parts.js";
import { figure, percent, signed, t } from "../words.js";
import { rowKey } from "./reading.js";

/** The part of the axis that a contribution covers, in shares from 0 to 1. */
function scale(list) {
  const least = Math.min(0, ...list.map((one) => one.contribution));
  const most = Math.max(1, ...list.map((one) => one.contribution));
  const share = (value) => (value - least) / (most - least);
  return (value) => ({ zero: share(0), from: share(Math.min(0, value)), to: share(Math.max(0, value)) });
}

function bar(one, span) {
  if (!counts(one)) return null;
  const { zero, from, to } = span(one.contribution);
  return h(
    "span",
    {
      class: `bar ${one.contribution < 0 ? "relief" : ""}`,
      "aria-hidden": "true",
      "--zero": String(zero),
      "--from": String(from),
      "--to": String(to),
      "data-signal": one.signals[0],
    },
    h("i"),
  );
}

const counts = (one) => one.contribution !== 0;

/** Weight, factor of the shifters, and whether repetition or overlap took some of it. */
function sum(one) {
  const parts = [t("read.weight", figure(one.weight))];
  if (!one.off && one.factor !== 1) parts.push(t("read.times", figure(one.factor)));
  if (!one.off && Math.abs(one.weight * one.factor) - Math.abs(one.contribution) > 0.011) parts.push(t("read.reduced"));
  parts.push(t("read.confidence", percent(one.confidence)));
  if (one.disguised) parts.push(t("read.disguiseFound"));
  return parts.join(" · ");
}

const changer = (kind, one) =>
  h(
    "span",
    { class: "changer" },
    h("b", {}, t.maybe(`kinds.${kind}`) || kind),
    " ",
    h("span", { lang: "ko" }, `“${one.text.trim()}”`),
    " ",
    h("code", {}, one.id),
  );

function row(one, span) {
  const signals = one.signals.map((code) => chip(code));
  return h(
    "li",
    {},
    h(
      "a",
      {
        class: `evidence-row ${one.off ? "off" : ""}`,
        href: `#lexicon/${encodeURIComponent(one.id)}`,
        "data-key": rowKey(one),
      },
      h(
        "span",
        { class: "evidence-what" },
        h("span", { class: "evidence-said", lang: "ko" }, one.text.trim()),
        h("span", { class: "evidence-entry", lang: "ko" }, one.entry),
        h("code", {}, one.id),
      ),
      bar(one, span),
      h("output", { class: "evidence-points" }, counts(one) ? signed(one.contribution) : "0"),
      h("span", { class: "evidence-foot" }, signals, h("span", {}, sum(one))),
      one.off || one.shifters.length
        ? h(
            "span",
            { class: "evidence-why" },
            one.off ? h("span", { class: "off-mark" }, t(`read.switchedOff.${one.off}`)) : null,
            one.exception ? changer("exception", one.exception) : null,
            one.shifters.map((shifter) => changer(shifter.kind, shifter)),
          )
        : null,
    ),
  );
}

export function evidence({ evidence: list, others = [], points, lexicon_alone: alone }) {
  if (!list.length && !others.length) return null;
  const span = scale(list);
  const shown = new Set(list.flatMap((one) => [...one.shifters, one.exception].filter(Boolean).map(rowKey)));
  const rest = others.filter((one) => !shown.has(rowKey(one)));
  const sorted = [...list].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const idle = sorted.filter((one) => !counts(one));
  return card(
    t("read.evidence"),
    { class: "evidence" },
    list.length ? h("p", { class: "hint" }, t("read.evidenceHint")) : null,
    h(
      "ol",
      { class: "evidence-list" },
      sorted.filter(counts).map((one) => row(one, span)),
    ),
    list.length
      ? h(
          "p",
          { class: "evidence-total" },
          h("span", {}, t("read.points")),
          h("span", { class: "soft" }, `${t("read.alone")}: ${t("level", alone.level, t(`levels.${alone.level}`))}`),
          h("output", {}, signed(points)),
        )
      : null,
    idle.length
      ? h(
          "div",
          { class: "idle" },
          h("h3", {}, t("read.idle")),
          h(
            "ol",
            { class: "evidence-list" },
            idle.map((one) => row(one, span)),
          ),
        )
      : null,
    rest.length
      ? h(
          "div",
          { class: "others" },
          h("h3", {}, t("read.others")),
          h("p", { class: "hint" }, t("read.othersHint")),
          h(
            "ul",
            {},
            rest.map((one) =>
              h(
                "li",
                {},
                h(
                  "a",
                  { class: "plain", href: `#lexicon/${encodeURIComponent(one.id)}`, "data-key": rowKey(one) },
                  changer(one.kind, one),
                ),
              ),
            ),
          ),
        )
      : null,
  );
}
