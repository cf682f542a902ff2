// What a draft would change: figures, and the sentences that would be read differently.

import { h, points } from "../dom.js";
import { marked } from "../marked.js";
import { badge, chip } from "../parts.js";
import { count, t } from "../words.js";

/** Offsets of the answer count code points; the page cuts at UTF-16 units. */
function spansOf(change) {
  const letters = points(change.text);
  const unit = (point) => letters.slice(0, point).join("").length;
  const after = change.after.signals;
  const span = (hit, off) => ({
    start: unit(hit.start),
    end: unit(hit.end),
    off,
    key: hit.entry,
    title: hit.entry,
    signal: off ? undefined : after.find((code) => !change.before.signals.includes(code)) || after[0],
  });
  return [...change.new.map((hit) => span(hit, false)), ...change.lost.map((hit) => span(hit, true))];
}

function row(change) {
  const { before, after } = change;
  const came = after.signals.filter((code) => !before.signals.includes(code));
  const went = before.signals.filter((code) => !after.signals.includes(code));
  const moves = before.level !== after.level || before.action !== after.action || came.length || went.length;
  return h(
    "li",
    { class: "change" },
    marked(change.text, spansOf(change)),
    h(
      "div",
      { class: "change-foot" },
      before.level === after.level
        ? badge(after.level, true)
        : [badge(before.level, true), h("span", { "aria-hidden": "true" }, "→"), badge(after.level, true)],
      before.action === after.action
        ? null
        : h("span", { class: "next" }, `${t(`actionsShort.${before.action}`)} → ${t(`actionsShort.${after.action}`)}`),
      came.map((code) => chip(code, "+")),
      went.map((code) => h("s", {}, chip(code))),
      moves ? null : h("span", { class: "soft" }, t("draft.readOnly")),
    ),
  );
}

export function effect(preview) {
  const entries = Object.entries(preview.entries);
  const sum = (name) => entries.reduce((total, [, hits]) => total + hits[name], 0);
  if (!preview.read_differently) return h("p", { class: "good" }, t("draft.effectNone", preview.messages));
  const figures = [
    [t("draft.tried"), preview.messages],
    [t("draft.hitsNew"), sum("new")],
    [t("draft.hitsLost"), sum("lost")],
    [t("draft.judged"), preview.judged_differently],
  ];
  return h(
    "div",
    { class: "effect" },
    h(
      "ul",
      { class: "counts" },
      figures.map(([name, value]) => h("li", {}, h("b", {}, count(value)), " ", h("span", {}, name))),
    ),
    entries.length > 1
      ? h(
          "details",
          {},
          h("summary", {}, t("draft.by")),
          h(
            "ul",
            { class: "by-entry" },
            entries.map(([id, hits]) =>
              h(
                "li",
                {},
                h("a", { href: `#lexicon/${encodeURIComponent(id)}` }, id),
                h("span", {}, `+${hits.new} −${hits.lost}`),
              ),
            ),
          ),
        )
      : null,
    preview.changes.length < preview.read_differently
      ? h("p", { class: "hint" }, t("draft.shown", preview.changes.length, preview.read_differently))
      : null,
    h("ol", { class: "changes" }, preview.changes.map(row)),
  );
}
