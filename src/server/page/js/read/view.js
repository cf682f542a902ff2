// One message: what was seen in it, what it counts for, and what follows.

import { latest, post } from "../api.js";
import { calm, h, put } from "../dom.js";
import { lightsUp } from "../marked.js";
import { empty, samples, speak, trouble } from "../parts.js";
import { keep, kept } from "../preferences.js";
import { t } from "../words.js";
import { decision, effort, lines } from "./advice.js";
import { evidence } from "./evidence.js";
import { reading } from "./reading.js";
import { verdict } from "./verdict.js";

const WAIT_MS = 180;
const state = { text: "", explained: null, error: null };
let root;
let field;

const ask = latest((signal, text) =>
  post("v1/explain", { text, offsets: "utf16", classifier: kept("classifier", true) ? "auto" : "off" }, { signal }),
);

async function readNow() {
  const text = state.text;
  root.querySelector(".results").classList.add("pending");
  try {
    if (text.trim()) {
      const explained = await ask(text);
      if (!explained) return;
      Object.assign(state, { explained: { ...explained, said: text }, error: null });
    } else Object.assign(state, { explained: null, error: null });
  } catch (error) {
    Object.assign(state, { explained: null, error });
  }
  render();
}
const readSoon = calm(WAIT_MS, readNow);

function render() {
  const results = root.querySelector(".results");
  results.classList.remove("pending");
  if (state.error) return put(results, trouble(state.error));
  if (!state.explained) {
    speak("");
    return put(results, empty(t("read.empty")));
  }
  const { answer } = state.explained;
  put(
    results,
    h("div", { class: "column" }, reading(state.explained, open), evidence(state.explained)),
    h(
      "div",
      { class: "column side" },
      verdict(state.explained),
      decision(state.explained),
      lines(answer.apologies),
      effort(answer.effort),
    ),
  );
  const names = answer.signals.filter(isPresent).map((signal) => t(`signals.${signal.code}`));
  speak(t("read.spoken", t(`levels.${answer.frustration.level}`), names.join(", "), t(`actions.${answer.action}`)));
}

/** A signal of the lexicon whose every match is off is listed only to show why it is absent. */
const isPresent = (signal) => signal.source !== "lexicon" || signal.matches.some((match) => !match.negated);

/** A piece of the text leads to its row. */
function open(key) {
  const row = root.querySelector(`.evidence-row[data-key="${CSS.escape(key)}"]`);
  row?.scrollIntoView({ block: "nearest" });
  row?.focus();
}

function set(text) {
  state.text = text;
  field.value = text;
  field.dispatchEvent(new Event("input"));
  readSoon.now();
}

export default {
  mount(place) {
    root = place;
    field = h("textarea", {
        id: "message",
        rows: "2",
        lang: "ko",
        autocomplete: "off",
        spellcheck: "false",
        placeholder: t("read.placeholder"),
        value: state.text,
        "aria-describedby": "message-hint",
        oninput: () => {
          state.text = field.value;
          readSoon();
        },
      });
    put(
      root,
      h(
        "section",
        { class: "card compose", "aria-label": t("read.title") },
        h(
          "div",
          { class: "compose-head" },
          h("label", { for: "message" }, t("read.text")),
          h(
            "label",
            { class: "switch" },
            h("input", {
              type: "checkbox",
              id: "with-classifier",
              checked: kept("classifier", true),
              onchange: (event) => {
                keep("classifier", event.target.checked);
                readSoon.now();
              },
            }),
            h("span", {}, t("read.classifier")),
          ),
        ),
        field,
        h("p", { class: "hint", id: "message-hint" }, t("read.private")),
        samples(t("read.examples"), t("read.samples"), (text) => {
          set(text);
          field.focus();
        }),
      ),
      h("div", { class: "results", "aria-busy": "false" }),
    );
    lightsUp(root);
    render();
  },
  shown() {
    if (state.text && field.value !== state.text) set(state.text);
  },
  /** Reads a text that another view hands over. */
  take(text) {
    state.text = text;
  },
  changed: () => state.text.trim() && readNow(),
  focus: () => field.select(),
  act() {
    readSoon.now();
    return true;
  },
};
