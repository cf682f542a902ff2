// What forms match: inflected words for the reader, stems for the linguist.

import { h } from "./dom.js";
import { t } from "./words.js";

// Nothing is added to their ends.
const BARE = ["noun", "phrase", "emoticon", "exact"];

/** `heading`: the rank of its headings below that of the place. */
export const inflections = (list, heading = "h4") =>
  h(
    "div",
    { class: "inflections" },
    list.map((one) =>
      h(
        "section",
        { "aria-label": t("lexicon.inflectionForms", one.form) },
        h(
          heading,
          { class: "form", lang: "ko" },
          one.form,
          " ",
          h("small", {}, t.maybe(`classes.${one.class}`) || one.class),
        ),
        one.examples.length
          ? h(
              "p",
              { class: "words", lang: "ko" },
              one.examples.map((word) => h("span", { class: "word" }, word)),
            )
          : null,
        one.stems.length
          ? h(
              "p",
              { class: "stems", lang: "ko" },
              h("span", { class: "soft" }, `${t("lexicon.stems")} `),
              one.stems.map((stem) => h("span", {}, BARE.includes(one.class) ? stem : `${stem}-`)),
            )
          : null,
      ),
    ),
  );
