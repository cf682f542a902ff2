// The form of a new entry.

import { h } from "../dom.js";
import { field, select } from "../parts.js";
import { CLASSES, PLACES, SIGNALS } from "../signals.js";
import { signed, t } from "../words.js";
import { romanize } from "./romanize.js";
import { linesOf } from "./toml.js";

export const BLANK = {
  id: "",
  forms: "",
  class: "phrase",
  weight: 1.5,
  confidence: null,
  signals: [],
  at: "",
  gap: null,
  disguise: false,
  hits: "",
  misses: "",
  note: "",
};

/** What a weight means by itself. */
export const meaning = (weight) => t("draft.scale").find(([least]) => weight >= least)[1];

export const suggestion = (entry) => {
  const [form = ""] = linesOf(entry.forms);
  return `${entry.signals[0] || "discontent"}.${romanize(form.replace(/\/[^\s/]+$/, ""))}`;
};

/** Fields that write into `entry` and then call `tellOthers`. */
export function form(entry, tellOthers) {
  const changed = () => {
    // What the id would be is shown until one is written.
    id.placeholder = linesOf(entry.forms).length ? suggestion(entry) : t("draft.placeholders.id");
    tellOthers();
  };
  const set =
    (name, read = (value) => value) =>
    (event) => {
      entry[name] = read(event.target.value);
      changed();
    };
  const text = (name, rows) => {
    const control = h("textarea", {
      id: `draft-${name}`,
      rows: String(rows),
      lang: "ko",
      spellcheck: "false",
      autocomplete: "off",
      placeholder: t.maybe(`draft.placeholders.${name}`),
      value: entry[name],
      oninput: set(name),
    });
    return field(t(`draft.fields.${name}`), control, t.maybe(`draft.hints.${name}`));
  };
  const id = h("input", {
    id: "draft-id",
    type: "text",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    placeholder: t("draft.placeholders.id"),
    value: entry.id,
    oninput: set("id"),
  });
  const suggest = h(
    "button",
    {
      type: "button",
      class: "button small",
      onclick: () => {
        id.value = entry.id = suggestion(entry);
        changed();
      },
    },
    t("draft.suggest"),
  );
  const said = h("output", { class: "weight-said", for: "draft-weight" });
  const tell = () => {
    said.textContent = t("draft.weightValue", signed(entry.weight), meaning(entry.weight));
    slider.setAttribute("aria-valuetext", said.textContent);
  };
  const slider = h("input", {
    id: "draft-weight",
    type: "range",
    min: "-4",
    max: "6",
    step: "0.1",
    value: String(entry.weight),
    list: "draft-weights",
    oninput: (event) => {
      entry.weight = Number(event.target.value);
      tell();
      changed();
    },
  });
  tell();
  const confidence = h("input", {
    id: "draft-confidence",
    type: "number",
    min: "0",
    max: "1",
    step: "0.05",
    inputmode: "decimal",
    placeholder: "0.9",
    value: entry.confidence ?? "",
    oninput: set("confidence", (value) => (value === "" ? null : Math.min(1, Math.max(0, Number(value))))),
  });
  const gap = h("input", {
    id: "draft-gap",
    type: "number",
    min: "0",
    max: "16",
    step: "1",
    inputmode: "numeric",
    placeholder: "8",
    value: entry.gap ?? "",
    oninput: set("gap", (value) => (value === "" ? null : Math.round(Number(value)))),
  });

  return h(
    "form",
    { class: "draft-form", onsubmit: (event) => event.preventDefault() },
    text("forms", 2),
    h(
      "div",
      { class: "fields" },
      field(
        t("draft.fields.class"),
        select(
          "draft-class",
          CLASSES.map((code) => [code, t(`classes.${code}`)]),
          entry.class,
          (value) => {
            entry.class = value;
            changed();
          },
        ),
      ),
      field(
        t("draft.fields.at"),
        select(
          "draft-at",
          [["", t("draft.auto")], ...PLACES.map((code) => [code, t(`places.${code}`)])],
          entry.at,
          (value) => {
            entry.at = value;
            changed();
          },
        ),
      ),
      field(t("draft.fields.gap"), gap),
      field(t("draft.fields.confidence"), confidence),
    ),
    h(
      "div",
      { class: "field" },
      h("div", { class: "field-head" }, h("label", { for: "draft-weight" }, t("draft.fields.weight")), said),
      slider,
      h(
        "div",
        { class: "ticks", "aria-hidden": "true" },
        [-4, -2, 0, 1, 2, 4, 6].map((at) =>
          h("span", { "--at": String((at + 4) / 10) }, signed(at, 0).replace("+0", "0")),
        ),
      ),
    ),
    h(
      "fieldset",
      { class: "field" },
      h("legend", {}, t("draft.fields.signals")),
      h(
        "div",
        { class: "choices" },
        SIGNALS.map((code) =>
          h(
            "label",
            { class: "choice", "data-signal": code },
            h("input", {
              type: "checkbox",
              value: code,
              checked: entry.signals.includes(code),
              onchange: (event) => {
                entry.signals = SIGNALS.filter((one) =>
                  one === code ? event.target.checked : entry.signals.includes(one),
                );
                changed();
              },
            }),
            h("span", {}, h("i", { class: "swatch", "aria-hidden": "true" }), t(`signals.${code}`)),
          ),
        ),
      ),
    ),
    text("hits", 2),
    text("misses", 2),
    text("note", 1),
    h(
      "div",
      { class: "field" },
      h("div", { class: "field-head" }, h("label", { for: "draft-id" }, t("draft.fields.id")), suggest),
      id,
      h("p", { class: "hint" }, t("draft.hints.id")),
    ),
  );
}
