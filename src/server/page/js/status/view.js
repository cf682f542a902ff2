// What answers, what answered before, what came of the last edit, and loading by hand.

import { post } from "../api.js";
import { h, put } from "../dom.js";
import { icon } from "../icons.js";
import { card, copyButton, findings, toast, trouble } from "../parts.js";
import { SIGNALS } from "../signals.js";
import * as watch from "../watch.js";
import { count, moment, t } from "../words.js";

// Only ever in memory.
let key = "";
let shown = "";
let root;
let body;
let side;
let says;

async function load(revision) {
  if (!key.trim()) {
    put(says, h("p", { class: "note warning" }, t("status.needKey")));
    root.querySelector("#admin-key").focus();
    return;
  }
  try {
    const { outcome } = await post("v1/lexicon/reload", revision ? { revision } : {}, { key: key.trim() });
    put(says);
    toast(t(`status.outcomes.${outcome}`), "done");
  } catch (error) {
    put(says, trouble(error));
  }
  watch.look();
}

const pairs = (rows) =>
  h(
    "dl",
    { class: "pairs" },
    rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
  );
const hash = (text) => h("span", { class: "hash" }, h("code", {}, text), copyButton(text));

function running(state) {
  const counts = ["entries", "exceptions", "shifters", "patterns", "phrases"];
  return card(
    t("status.running"),
    { class: "running-set" },
    h(
      "ul",
      { class: "counts" },
      counts.map((name) => h("li", {}, h("b", {}, count(state[name])), " ", h("span", {}, t(`status.${name}`)))),
    ),
    pairs([
      [t("status.revision"), hash(state.revision)],
      [t("status.loadedAt"), h("time", { datetime: state.loaded_at }, moment(state.loaded_at))],
      [t("status.source"), t(`status.sources.${state.source}`)],
      [t("status.lexicon"), hash(state.version)],
      [t("status.policy"), hash(state.policy_version)],
    ]),
  );
}

function last(attempt) {
  if (!attempt) return card(t("status.last"), {}, h("p", { class: "soft" }, t("status.noLast")));
  const bad = watch.failed(attempt);
  return card(
    t("status.last"),
    { class: bad ? "last refused" : "last" },
    h(
      "p",
      { class: "outcome" },
      icon(bad ? "warn" : "check"),
      h("b", {}, t(`status.outcomes.${attempt.outcome}`)),
      " ",
      h("time", { class: "soft", datetime: attempt.at }, moment(attempt.at)),
    ),
    bad
      ? h(
          "p",
          { class: "soft" },
          [attempt.findings.length ? t("status.findings", attempt.findings.length) : "", t("status.stays")]
            .filter(Boolean)
            .join(" · "),
        )
      : null,
    attempt.findings.length ? findings(attempt.findings) : null,
  );
}

function classifier(model) {
  return card(
    t("status.classifier"),
    {},
    model
      ? pairs([
          [t("status.model"), model.model],
          [t("status.version"), hash(model.version)],
          [t("status.runtime"), model.runtime],
        ])
      : h("p", { class: "soft" }, t("status.noClassifier")),
  );
}

function bySignal(entries) {
  const most = Math.max(1, ...Object.values(entries));
  return card(
    t("status.bySignal"),
    { class: "by-signal" },
    h(
      "dl",
      { class: "gauges" },
      SIGNALS.map((code) =>
        h(
          "div",
          { class: "gauge", "data-signal": code },
          h("dt", {}, h("a", { class: "plain", href: `#lexicon?signal=${code}` }, t(`signals.${code}`))),
          h(
            "dd",
            {},
            h(
              "span",
              { class: "gauge-bar", "aria-hidden": "true", "--share": String((entries[code] || 0) / most) },
              h("i"),
            ),
            h("output", {}, count(entries[code] || 0)),
          ),
        ),
      ),
    ),
  );
}

const earlier = (list) =>
  card(
    t("status.earlier"),
    {},
    list.length
      ? h(
          "ol",
          { class: "revisions" },
          list.map((one) =>
            h(
              "li",
              {},
              h("code", {}, one.revision),
              h("time", { class: "soft", datetime: one.loaded_at }, moment(one.loaded_at)),
              h(
                "button",
                {
                  type: "button",
                  class: "button small",
                  "aria-label": t("status.rollbackName", one.revision),
                  onclick: () => load(one.revision),
                },
                t("status.rollback"),
              ),
            ),
          ),
        )
      : h("p", { class: "soft" }, t("status.noEarlier")),
  );

function render() {
  const state = watch.lexicon();
  if (!state) return;
  // What did not change is left alone, with the focus in it.
  const now = JSON.stringify(state);
  if (now === shown) return;
  shown = now;
  put(body, running(state), last(state.last_attempt), earlier(state.earlier));
  put(side, classifier(state.classifier), bySignal(state.entries_by_signal));
}

export default {
  mount(place) {
    root = place;
    shown = "";
    body = h("div", { class: "column" });
    side = h("div", { class: "column side" });
    says = h("div", { role: "status" });
    const field = h("input", {
      id: "admin-key",
      type: "password",
      autocomplete: "off",
      spellcheck: "false",
      value: key,
      "aria-describedby": "admin-key-hint",
      oninput: (event) => {
        key = event.target.value;
      },
    });
    put(
      root,
      h(
        "div",
        { class: "results" },
        h(
          "div",
          { class: "column" },
          body,
          card(
            t("status.admin"),
            { class: "admin" },
            h("p", { class: "soft" }, t("status.adminHint")),
            h(
              "form",
              {
                class: "key-form",
                onsubmit: (event) => {
                  event.preventDefault();
                  load();
                },
              },
              h(
                "div",
                { class: "field" },
                h("label", { for: "admin-key" }, t("status.key")),
                field,
                h("p", { class: "hint", id: "admin-key-hint" }, t("status.keyHint")),
              ),
              h("button", { type: "submit", class: "button primary" }, t("status.reload")),
            ),
            says,
          ),
        ),
        side,
      ),
    );
    render();
  },
  shown: render,
  changed: render,
};
