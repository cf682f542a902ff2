// A draft: an entry or a whole file, with what it matches, what is wrong with it and what it
// would change. Nothing is loaded.

import { get, latest, post } from "../api.js";
import { $, calm, h, put } from "../dom.js";
import { inflections } from "../inflections.js";
import { icon } from "../icons.js";
import { card, copy, field, findings, segments, toast, trouble } from "../parts.js";
import { keep, kept } from "../preferences.js";
import { t } from "../words.js";
import { effect } from "./effect.js";
import { BLANK, form, suggestion } from "./form.js";
import { fileForm } from "./file.js";
import { linesOf, toToml } from "./toml.js";

const WAIT_MS = 350;
/** Where a new entry is tried: a file that no lexicon has. */
const PLACE = "signals/draft-of-the-workbench.toml";
const state = { mode: "entry", entry: { ...BLANK }, file: { path: "", text: "", loaded: "" }, ...kept("draft", {}) };
// Sentences of one's own are messages: they are not kept.
const sample = { kind: "builtin", text: "" };
const shown = { inflections: null, checked: null, preview: null };
let root;
let files;
let wanted = null;
let dirty = true;

const askInflections = latest((signal, entry) =>
  post(
    "v1/lexicon/inflections",
    { forms: linesOf(entry.forms), class: entry.class, ...(entry.gap === null ? {} : { gap: entry.gap }) },
    { signal },
  ),
);
// A search, as an id that nobody has is no failure.
const askEntry = latest(async (signal, id) => {
  const { entries } = await get(`v1/lexicon/entries?${new URLSearchParams({ q: id, limit: "20" })}`, signal);
  return entries.find((one) => one.id === id);
});
const askCheck = latest((signal, file) => post("v1/lexicon/check", { files: [file] }, { signal }));
const askPreview = latest((signal, file, messages) =>
  post("v1/lexicon/preview", { files: [file], ...(messages ? { messages } : {}) }, { signal }),
);

/** The entry with an id of its own, so that it can be tried before it has one. */
const named = () => ({ ...state.entry, id: state.entry.id.trim() || suggestion(state.entry) });
const draftFile = () =>
  state.mode === "file"
    ? { path: state.file.path.trim(), text: state.file.text }
    : { path: PLACE, text: toToml(named()) };
const ready = () =>
  state.mode === "file"
    ? Boolean(state.file.path.trim() && state.file.text.trim())
    : linesOf(state.entry.forms).length > 0;

async function inflect() {
  if (state.mode !== "entry") return;
  try {
    const done = ready() ? await askInflections(state.entry) : { inflections: null };
    if (done) shown.inflections = { list: done.inflections };
  } catch (error) {
    shown.inflections = { error };
  }
  renderInflections();
}

async function check() {
  if (!ready()) {
    Object.assign(shown, { checked: null, preview: null });
    return renderResults();
  }
  root.querySelector(".draft-check").classList.add("pending");
  try {
    const file = draftFile();
    // An entry of the same id would clash with itself; the file that holds it can be edited.
    const taken = state.mode === "entry" ? await askEntry(named().id).catch(() => null) : null;
    const checked = await askCheck(file);
    if (!checked) return;
    shown.checked = { ...checked, taken };
    shown.preview = null;
    if (checked.ok) {
      renderResults(true);
      const messages = sample.kind === "own" ? linesOf(sample.text) : null;
      const preview = await askPreview(file, messages);
      if (!preview) return;
      shown.preview = { answer: preview };
    }
  } catch (error) {
    if (shown.checked?.ok) shown.preview = { error };
    else shown.checked = { error };
  }
  renderResults();
}
const again = calm(WAIT_MS, () => {
  inflect();
  return check();
});

function changed() {
  keep("draft", state);
  renderToml();
  again();
}

function renderToml() {
  const place = root.querySelector(".toml");
  if (!place) return;
  const topic = state.entry.signals[0] || "discontent";
  put(
    place,
    h("pre", { tabindex: "0", role: "region", "aria-label": t("draft.tomlText") }, h("code", {}, toToml(named()))),
    h(
      "div",
      { class: "actions" },
      h(
        "button",
        { type: "button", class: "button primary", id: "copy-toml", onclick: () => copy(toToml(named())) },
        icon("copy"),
        t("draft.copyToml"),
      ),
      h("p", { class: "hint" }, t("draft.tomlHint", `signals/${topic}.toml`)),
    ),
  );
}

function renderInflections() {
  const place = root.querySelector(".draft-inflections");
  if (!place) return;
  const { inflections: done } = shown;
  put(
    place,
    done?.error
      ? trouble(done.error)
      : done?.list
        ? inflections(done.list, "h3")
        : h("p", { class: "hint" }, t("draft.inflectionsEmpty")),
  );
}

function where(finding) {
  return finding.file === PLACE ? { ...finding, file: t("tabs.draft") } : finding;
}

function renderResults(pending) {
  const { checked, preview } = shown;
  for (const place of root.querySelectorAll(".draft-check, .draft-effect"))
    place.classList.toggle("pending", Boolean(pending));
  put(root.querySelector(".draft-check"), checkedParts(checked));
  put(
    root.querySelector(".draft-effect"),
    preview?.error
      ? trouble(preview.error)
      : preview
        ? effect(preview.answer)
        : h("p", { class: "hint" }, pending ? t("draft.checking") : t("draft.effectEmpty")),
  );
}

function checkedParts(checked) {
  if (!checked) return h("p", { class: "hint" }, t("draft.findingsEmpty"));
  if (checked.error) return trouble(checked.error);
  const errors = checked.findings.filter((one) => one.severity === "error").length;
  const words = checked.findings.length ? t("draft.errors", errors, checked.findings.length - errors) : t("draft.fine");
  return [
    h("p", { class: checked.ok ? "good" : "bad", role: "status" }, icon(checked.ok ? "check" : "warn"), words),
    checked.taken
      ? h(
          "p",
          { class: "note warning" },
          t("draft.idTaken"),
          " ",
          h(
            "button",
            { type: "button", class: "link", onclick: () => view.open(checked.taken.file, checked.taken.line) },
            t("draft.editThere"),
          ),
        )
      : null,
    checked.findings.length
      ? findings(checked.findings.map(where), state.mode === "file" ? (one) => files?.toLine(one.line) : null)
      : null,
  ];
}

/** Built once, so that nobody is interrupted while typing sentences. */
function samplePicker() {
  const own = h("textarea", {
    id: "draft-sample",
    rows: "3",
    lang: "ko",
    spellcheck: "false",
    autocomplete: "off",
    placeholder: t("draft.sample.placeholder"),
    value: sample.text,
    oninput: () => {
      sample.text = own.value;
      again();
    },
  });
  const place = field(t("draft.sample.own"), own, t("draft.sample.text"));
  place.hidden = sample.kind !== "own";
  const choose = (kind) => {
    sample.kind = kind;
    place.hidden = kind !== "own";
    if (kind === "own") own.focus();
    again.now();
  };
  return h(
    "div",
    { class: "sample-picker" },
    segments(
      t("draft.sample.label"),
      [
        ["builtin", t("draft.sample.builtin")],
        ["own", t("draft.sample.own")],
      ],
      sample.kind,
      choose,
    ),
    place,
  );
}

function renderForm() {
  const place = root.querySelector(".draft-input");
  files = state.mode === "file" ? fileForm(state.file, changed) : null;
  put(place, files ? files.element : form(state.entry, changed));
  put(
    root.querySelector(".draft-side"),
    files ? null : card(t("draft.inflections"), {}, h("div", { class: "draft-inflections" })),
    files ? null : card(t("draft.toml"), {}, h("div", { class: "toml" })),
    card(t("draft.findings"), { class: "check" }, h("div", { class: "draft-check" })),
    card(t("draft.effect"), { class: "effect-card" }, samplePicker(), h("div", { class: "draft-effect" })),
  );
  renderToml();
  renderInflections();
  renderResults();
  if (files && wanted) files.take(wanted.path, wanted.line);
  wanted = null;
}

function setMode(mode) {
  state.mode = mode;
  Object.assign(shown, { checked: null, preview: null });
  renderForm();
  changed();
}

const view = {
  mount(place) {
    root = place;
    put(
      root,
      h(
        "div",
        { class: "columns" },
        h(
          "section",
          { class: "card column draft-main", "aria-label": t("draft.title") },
          h(
            "div",
            { class: "compose-head" },
            segments(
              t("draft.mode"),
              [
                ["entry", t("draft.modes.entry")],
                ["file", t("draft.modes.file")],
              ],
              state.mode,
              setMode,
            ),
            h("button", { type: "button", class: "button quiet small", onclick: reset }, t("draft.reset")),
          ),
          h("p", { class: "hint" }, t("draft.kept")),
          h("div", { class: "draft-input" }),
        ),
        h("div", { class: "column draft-side" }),
      ),
    );
    dirty = true;
  },
  shown() {
    if (!dirty) return;
    dirty = false;
    renderForm();
    again.now();
  },
  /** Takes over an existing entry as the begin of a new one. */
  take(one) {
    state.mode = "entry";
    state.entry = {
      ...BLANK,
      id: `${one.id}-2`,
      forms: one.forms.join("\n"),
      class: one.class,
      weight: one.weight,
      confidence: one.confidence,
      signals: [...one.signals],
      at: one.at || "",
      gap: one.gap ?? null,
      disguise: one.disguise,
      hits: one.hits.join("\n"),
      misses: one.misses.join("\n"),
      note: one.note,
    };
    remount();
  },
  /** Opens a file at a line. */
  open(path, line) {
    state.mode = "file";
    wanted = { path, line };
    remount();
  },
  changed: () => !dirty && again.now(),
  focus: () => $(state.mode === "file" ? "draft-file" : "draft-forms").focus(),
  act() {
    again.now();
    return true;
  },
};

function remount() {
  keep("draft", state);
  Object.assign(shown, { inflections: null, checked: null, preview: null });
  view.mount(root);
  if (!root.hidden) view.shown();
}

function reset() {
  if (state.mode === "file") state.file = { path: "", text: "", loaded: "" };
  else state.entry = { ...BLANK };
  remount();
  toast(t("draft.resetSure"), "done");
}

export default view;
