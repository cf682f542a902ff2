// A reply before it goes out: what not to say, and what to say instead.

import { latest, post } from "../api.js";
import { calm, h, put } from "../dom.js";
import { icon } from "../icons.js";
import { lightsUp, marked } from "../marked.js";
import { card, copyButton, empty, samples, speak, trouble } from "../parts.js";
import { t } from "../words.js";

const WAIT_MS = 200;
const state = { text: "", checked: null, error: null };
let root;
let field;

const ask = latest((signal, text) => post("v1/replies/check", { text, offsets: "utf16" }, { signal }));

async function checkNow() {
  const text = state.text;
  try {
    if (text.trim()) {
      const checked = await ask(text);
      if (!checked) return;
      Object.assign(state, { checked: { ...checked, said: text }, error: null });
    } else Object.assign(state, { checked: null, error: null });
  } catch (error) {
    Object.assign(state, { checked: null, error });
  }
  render();
}
const checkSoon = calm(WAIT_MS, checkNow);

function set(text) {
  state.text = text;
  field.value = text;
  field.dispatchEvent(new Event("input"));
  checkSoon.now();
}

function replace(finding, to) {
  const { said } = state.checked;
  set(said.slice(0, finding.start) + to + said.slice(finding.end));
  field.focus();
  field.setSelectionRange(finding.start, finding.start + to.length);
  speak(t("reply.replaced", to));
}

const key = (finding, index) => `${finding.rule}@${index}`;

function row(finding, index) {
  return h(
    "li",
    { class: `reply-finding ${finding.severity}`, "data-key": key(finding, index), tabindex: "-1" },
    icon(finding.severity === "info" ? "info" : "warn"),
    h(
      "div",
      {},
      h(
        "p",
        { class: "reply-head" },
        h("b", { lang: "ko" }, finding.text.trim() || "—"),
        " ",
        h("span", { class: `severity ${finding.severity}` }, t(`reply.severities.${finding.severity}`)),
      ),
      h("p", { lang: "ko" }, finding.message),
      finding.alternatives.length
        ? h(
            "div",
            { class: "alternatives", role: "group", "aria-label": t("reply.alternatives") },
            finding.alternatives.map((to) =>
              h(
                "button",
                {
                  type: "button",
                  class: "sample",
                  lang: "ko",
                  "aria-label": t("reply.replace", finding.text.trim(), to),
                  onclick: () => replace(finding, to),
                },
                to,
              ),
            ),
          )
        : null,
      h("code", { class: "soft" }, finding.rule),
    ),
  );
}

function render() {
  const results = root.querySelector(".results");
  if (state.error)
    return put(results, trouble(state.error.code === "not_found" ? { words: t("reply.unavailable") } : state.error));
  if (!state.checked) return put(results, empty(t("reply.empty")));
  const { said, findings } = state.checked;
  const spans = findings.map((finding, index) => ({
    start: finding.start,
    end: finding.end,
    key: key(finding, index),
    title: finding.message,
    signal: `severity-${finding.severity}`,
  }));
  const words = findings.length ? t("reply.found", findings.length) : t("reply.fine");
  speak(words);
  put(
    results,
    card(
      words,
      { class: findings.length ? "reply-result" : "reply-result fine" },
      marked(said, spans, (chosen) => root.querySelector(`.reply-finding[data-key="${CSS.escape(chosen)}"]`)?.focus()),
      findings.length
        ? h("ol", { class: "reply-findings" }, findings.map(row))
        : h("p", { class: "good" }, icon("check"), t("reply.fineHint")),
      h("div", { class: "actions" }, copyButton(said, t("reply.copy"))),
    ),
  );
}

export default {
  mount(place) {
    root = place;
    field = h("textarea", {
        id: "reply",
        rows: "4",
        lang: "ko",
        autocomplete: "off",
        spellcheck: "false",
        placeholder: t("reply.placeholder"),
        value: state.text,
        "aria-describedby": "reply-hint",
        oninput: () => {
          state.text = field.value;
          checkSoon();
        },
      });
    put(
      root,
      h(
        "section",
        { class: "card compose", "aria-label": t("reply.title") },
        h("div", { class: "compose-head" }, h("label", { for: "reply" }, t("reply.text"))),
        field,
        h("p", { class: "hint", id: "reply-hint" }, t("reply.private")),
        samples(t("reply.examples"), t("reply.samples"), (text) => {
          set(text);
          field.focus();
        }),
      ),
      h("div", { class: "results" }),
    );
    lightsUp(root);
    render();
  },
  changed: () => state.text.trim() && checkNow(),
  focus: () => field.select(),
  act() {
    checkSoon.now();
    return true;
  },
};
