// One entry, exception or shifter with all that its file says and all that it matches.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { chip, copyButton, toast } from "../parts.js";
import { inflections } from "../inflections.js";
import { figure, percent, signed, t } from "../words.js";
import draft from "../draft/view.js";
import read from "../read/view.js";

export const badgeOfKind = (one) => {
  const kind = one.shifter || one.kind;
  return h("span", { class: "kind", "data-kind": one.kind }, t.maybe(`kinds.${kind}`) || kind);
};

const sentences = (title, list, kind) =>
  list.length
    ? h(
        "section",
        { class: `sentences ${kind}` },
        h("h3", {}, title),
        h(
          "ul",
          {},
          list.map((text) =>
            h(
              "li",
              {},
              h("span", { lang: "ko" }, text),
              h(
                "button",
                {
                  type: "button",
                  class: "link",
                  "aria-label": `${t("lexicon.try")}: ${text}`,
                  onclick: () => {
                    read.take(text);
                    location.hash = "read";
                  },
                },
                t("lexicon.try"),
              ),
            ),
          ),
        ),
      )
    : null;

function facts(one) {
  const rows = [
    [t("lexicon.weight"), one.weight === null ? null : signed(one.weight)],
    [t("lexicon.confidence"), one.confidence === null ? null : percent(one.confidence)],
    [t("lexicon.factor"), one.factor === null ? null : `×${figure(one.factor)}`],
    [t("lexicon.class"), t.maybe(`classes.${one.class}`) || one.class],
    [t("lexicon.at"), one.at && t(`places.${one.at}`)],
    [t("lexicon.gap"), one.gap],
    [t("lexicon.disguise"), one.disguise ? t("lexicon.yes") : null],
    [t("lexicon.side"), one.side && t(`lexicon.sides.${one.side}`)],
    [t("lexicon.within"), one.kind === "shifter" ? one.within : null],
    [
      t("lexicon.only"),
      one.only &&
        [one.only]
          .flat()
          .map((target) => t.maybe(`lexicon.onlys.${target}`) || target)
          .join(", "),
    ],
  ];
  return h(
    "dl",
    { class: "facts" },
    rows
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, String(value)))),
  );
}

export function entry(one, back) {
  const place = `${one.file}:${one.line}`;
  return h(
    "article",
    { class: "entry", "aria-label": one.id },
    h(
      "div",
      { class: "entry-head" },
      h(
        "button",
        { type: "button", class: "button quiet small only-narrow", onclick: back },
        icon("back"),
        t("lexicon.back"),
      ),
      h("div", { class: "entry-title" }, badgeOfKind(one), h("h2", { lang: "ko" }, one.forms.join(", "))),
      h("p", { class: "entry-id" }, h("code", {}, one.id), copyButton(one.id)),
    ),
    h(
      "div",
      { class: "legend" },
      one.kind === "exception"
        ? h(
            "span",
            { class: "soft" },
            one.covers ? t("lexicon.covers") : `${t("lexicon.covers")}: ${t("lexicon.coversAll")}`,
          )
        : null,
      (one.kind === "exception" ? one.covers || [] : one.signals).map((code) => chip(code)),
    ),
    one.note ? h("p", { class: "entry-note", lang: "ko" }, one.note) : null,
    facts(one),
    h(
      "div",
      { class: "actions" },
      one.kind === "entry"
        ? h(
            "button",
            {
              type: "button",
              class: "button primary",
              onclick: () => {
                draft.take(one);
                toast(t("draft.taken", one.id), "done");
                location.hash = "draft";
              },
            },
            icon("draft"),
            t("lexicon.draft"),
          )
        : null,
      h(
        "button",
        {
          type: "button",
          class: "button",
          onclick: () => {
            draft.open(one.file, one.line);
            location.hash = "draft";
          },
        },
        t("lexicon.edit"),
      ),
      h("code", { class: "soft" }, place),
    ),
    h("section", {}, h("h3", {}, t("lexicon.inflections")), inflections(one.inflections)),
    sentences(t("lexicon.hits"), one.hits, "hits"),
    sentences(t("lexicon.misses"), one.misses, "misses"),
    sentences(t("lexicon.shifts"), one.shifts, "hits"),
    sentences(t("lexicon.keeps"), one.keeps, "misses"),
  );
}
