// The message with what was found marked in it, and the text as the program read it.

import { h } from "../dom.js";
import { marked } from "../marked.js";
import { card, chip } from "../parts.js";
import { t } from "../words.js";

export const rowKey = (one) => `${one.id}@${one.start}`;

/** Spans of everything that was found, the weightiest first. */
export function spansOf({ evidence, others = [] }) {
  const weight = (one) => Math.abs(one.contribution);
  const found = [...evidence]
    .sort((a, b) => weight(b) - weight(a))
    .map((one) => ({
      start: one.start,
      end: one.end,
      signal: one.signals[0],
      off: Boolean(one.off),
      key: rowKey(one),
      title: [
        one.signals.map((code) => t(`signals.${code}`)).join(", "),
        one.off ? t(`read.switchedOff.${one.off}`) : one.id,
      ]
        .filter(Boolean)
        .join(" · "),
    }));
  const quiet = [...others, ...evidence.flatMap((one) => [...one.shifters, one.exception].filter(Boolean))].map(
    (one) => ({
      start: one.start,
      end: one.end,
      quiet: true,
      key: rowKey(one),
      title: [t.maybe(`kinds.${one.kind || "exception"}`), one.id].filter(Boolean).join(" · "),
    }),
  );
  return [...found, ...quiet];
}

export function reading(explained, open) {
  const { said, answer, tokens, normalized, disguised } = explained;
  const present = answer.signals.filter(
    (signal) => signal.source !== "lexicon" || signal.matches.some((one) => !one.negated),
  );
  return card(
    t("read.marked"),
    { class: "seen" },
    marked(said, spansOf(explained), open),
    present.length
      ? h(
          "div",
          { class: "legend" },
          present.map((signal) =>
            chip(
              signal.code,
              signal.source === "classifier" ? t("read.unplaced") : `${Math.round(signal.score * 100)}%`,
            ),
          ),
        )
      : h("p", { class: "hint" }, t("read.nothing")),
    h(
      "dl",
      { class: "pairs reading", "aria-label": t("read.reading") },
      h("dt", {}, t("read.normalized")),
      h("dd", { lang: "ko", class: "verbatim" }, normalized),
      disguised ? [h("dt", {}, t("read.disguised")), h("dd", { lang: "ko", class: "verbatim" }, disguised)] : null,
      h("dt", {}, t("read.tokens")),
      h(
        "dd",
        { lang: "ko", class: "tokens" },
        tokens.map((token) => h("span", { class: "token", title: token.kind }, token.text)),
      ),
    ),
  );
}
