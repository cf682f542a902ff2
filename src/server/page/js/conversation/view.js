// A conversation: each turn of the customer read, and how the mood moved.

import { latest, post } from "../api.js";
import { h, put } from "../dom.js";
import { marked } from "../marked.js";
import { badge, card, chip, empty, speak, trouble } from "../parts.js";
import { figure, t } from "../words.js";
import read from "../read/view.js";
import { curve } from "./curve.js";
import { parse } from "./parse.js";

const MOST = 1000;
const state = { text: "", turns: null, error: null, notes: [] };
let root;
let field;

const ask = latest((signal, turns) =>
  post(
    "v1/analyze/batch",
    { messages: turns.map(({ role, text }) => ({ role, text, offsets: "utf16", max_apologies: 1 })) },
    { signal },
  ),
);

async function readNow() {
  const { turns, bad } = parse(state.text);
  const asked = turns.slice(0, MOST);
  state.notes = bad.map((line) => t("conversation.problem", line));
  if (turns.length > MOST) state.notes.push(t("conversation.tooMany", MOST));
  if (!asked.length) {
    Object.assign(state, { turns: null, error: null });
    return render();
  }
  root.querySelector(".results").classList.add("pending");
  try {
    const done = await ask(asked);
    if (!done) return;
    state.turns = asked.map((turn, index) => ({ ...turn, answer: done.results[index] }));
    state.error = null;
  } catch (error) {
    Object.assign(state, { turns: null, error });
  }
  render();
  if (state.turns) speak(summary());
}

const isRead = (turn) => turn.role === "customer" && turn.answer && !turn.answer.error;
const present = (answer) =>
  answer.signals.filter((one) => one.source !== "lexicon" || one.matches.some((match) => !match.negated));
const names = (answer) =>
  present(answer)
    .map((one) => t(`signals.${one.code}`))
    .join(", ");

function summary() {
  const customer = state.turns.filter(isRead);
  const peak = Math.max(0, ...customer.map((turn) => turn.answer.frustration.level));
  return t("conversation.summary", state.turns.length, customer.length, `${peak} ${t(`levels.${peak}`)}`);
}

function bubble(turn, index) {
  const answered = isRead(turn);
  const spans = answered
    ? turn.answer.signals
        .flatMap((signal) =>
          signal.matches.map((match) => ({
            start: match.start,
            end: match.end,
            signal: signal.code,
            off: match.negated,
            key: `${signal.code}@${match.start}`,
            title: t(`signals.${signal.code}`),
            weight: match.weight,
          })),
        )
        .sort((a, b) => b.weight - a.weight)
    : [];
  return h(
    "li",
    {
      id: `turn-${index}`,
      class: `turn ${turn.role}`,
      tabindex: "-1",
      "data-level": answered ? turn.answer.frustration.level : null,
    },
    h(
      "div",
      { class: "turn-head" },
      h("b", {}, t(`conversation.roles.${turn.role}`)),
      h("span", { class: "soft" }, String(index + 1)),
      answered ? badge(turn.answer.frustration.level, true) : null,
      answered
        ? h(
            "button",
            {
              type: "button",
              class: "link",
              "aria-label": `${t("conversation.open")}: ${turn.text}`,
              onclick: () => {
                read.take(turn.text);
                location.hash = "read";
              },
            },
            t("conversation.open"),
          )
        : null,
    ),
    h("div", { class: "bubble" }, marked(turn.text, spans)),
    turn.answer?.error ? h("p", { class: "note error" }, turn.answer.error.detail) : null,
    answered && (turn.answer.signals.length || turn.answer.action !== "none")
      ? h(
          "div",
          { class: "turn-foot" },
          present(turn.answer).map((one) => chip(one.code)),
          turn.answer.action === "none"
            ? null
            : h("span", { class: "next" }, `→ ${t(`actions.${turn.answer.action}`)}`),
        )
      : null,
  );
}

function table(points) {
  const heads = ["turn", "level", "score", "signals", "said"];
  return h(
    "details",
    { class: "table" },
    h("summary", {}, t("conversation.table")),
    h(
      "div",
      { class: "scrolls", tabindex: "0", role: "region", "aria-label": t("conversation.curve") },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            heads.map((name) => h("th", { scope: "col" }, t(`conversation.${name}`))),
          ),
        ),
        h(
          "tbody",
          {},
          points.map((point) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, String(point.turn + 1)),
              h("td", {}, badge(point.level, true)),
              h("td", {}, figure(point.score)),
              h("td", {}, point.signals || t("none")),
              h("td", { lang: "ko" }, point.text),
            ),
          ),
        ),
      ),
    ),
  );
}

function go(index) {
  const turn = document.getElementById(`turn-${index}`);
  turn.scrollIntoView({ block: "center" });
  turn.focus({ preventScroll: true });
}

function render() {
  const results = root.querySelector(".results");
  results.classList.remove("pending");
  const notes = state.notes.map((words) => h("p", { class: "note warning" }, words));
  if (state.error || !state.turns) put(root.querySelector(".mood-place"));
  if (state.error) return put(results, notes, trouble(state.error));
  if (!state.turns) return put(results, notes, empty(t("conversation.empty")));
  const points = state.turns
    .map((turn, index) => ({ turn, index }))
    .filter(({ turn }) => isRead(turn))
    .map(({ turn, index }) => {
      const { level, score } = turn.answer.frustration;
      const signals = names(turn.answer);
      return {
        turn: index,
        level,
        score,
        signals,
        text: turn.text,
        label: t("conversation.point", index + 1, t(`levels.${level}`), signals),
      };
    });
  put(
    root.querySelector(".mood-place"),
    points.length
      ? card(
          t("conversation.curve"),
          { class: "mood" },
          h("p", { class: "summary" }, summary()),
          curve(points, state.turns.length, go),
          h("p", { class: "hint" }, t("conversation.curveHint")),
          table(points),
        )
      : null,
  );
  put(results, notes, card(t("conversation.turns"), { class: "turns" }, h("ol", {}, state.turns.map(bubble))));
}

export default {
  mount(place) {
    root = place;
    field = h("textarea", {
      id: "conversation",
      rows: "10",
      lang: "ko",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: t("conversation.placeholder"),
      value: state.text,
      "aria-describedby": "conversation-hint",
      oninput: () => {
        state.text = field.value;
      },
    });
    const compose = h(
      "section",
      { class: "card compose", "aria-label": t("conversation.title") },
      h("div", { class: "compose-head" }, h("label", { for: "conversation" }, t("conversation.text"))),
      field,
      h("p", { class: "hint", id: "conversation-hint" }, t("conversation.format"), " ", t("conversation.private")),
      h(
        "div",
        { class: "actions" },
        h(
          "button",
          { type: "button", class: "button primary", id: "read-conversation", onclick: readNow },
          t("conversation.read"),
          h("kbd", { "aria-hidden": "true" }, "Ctrl ⏎"),
        ),
        h(
          "button",
          {
            type: "button",
            class: "button quiet",
            onclick: () => {
              state.text = field.value = t("conversation.sample");
              readNow();
            },
          },
          t("conversation.example"),
        ),
        h(
          "button",
          {
            type: "button",
            class: "button quiet",
            onclick: () => {
              state.text = field.value = "";
              readNow();
              field.focus();
            },
          },
          t("clear"),
        ),
      ),
    );
    put(
      root,
      h(
        "div",
        { class: "columns" },
        h("div", { class: "column" }, compose, h("div", { class: "mood-place" })),
        h("div", { class: "results" }),
      ),
    );
    render();
  },
  changed: () => state.turns && readNow(),
  focus: () => field.select(),
  act() {
    readNow();
    return true;
  },
};
