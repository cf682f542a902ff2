// What forms match: inflected words for the reader, stems for the linguist.

import { h } from "./dom.js";
import { t } from "./words.js";

export const inflections = (list) => h("div", { class: "inflections" }, list.map((one) =>
  h("section", { "aria-label": t("lexicon.inflectionForms", one.form) },
    h("h4", { lang: "ko" }, one.form, " ", h("small", {}, t.maybe(`classes.${one.class}`) || one.class)),
    one.examples.length ? h("p", { class: "words", lang: "ko" }, one.examples.map((word) => h("span", { class: "word" }, word))) : null,
    one.stems.length ? h("p", { class: "stems", lang: "ko" }, h("span", { class: "soft" }, `${t("lexicon.stems")} `), one.stems.map((stem) => h("span", {}, `${stem}-`))) : null)));
