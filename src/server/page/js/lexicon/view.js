// The lexicon: search, filters, a list, and the entry that was chosen.

import { get, latest } from "../api.js";
import { $, calm, h, put } from "../dom.js";
import { icon } from "../icons.js";
import { badgeOfKind, entry } from "./entry.js";
import { empty, field, select, speak, trouble } from "../parts.js";
import { SIGNALS } from "../signals.js";
import { count, signed, t } from "../words.js";

const PAGE = 60;
const KINDS = ["entry", "exception", "shifter"];
const state = { q: "", kind: "", signal: "", file: "", found: null, entries: [], chosen: "", detail: null, files: [] };
let root;
let list;
let detail;

const search = latest((signal, query) => get(`v1/lexicon/entries?${query}`, signal));
const fetchEntry = latest((signal, id) => get(`v1/lexicon/entries/${encodeURIComponent(id)}`, signal));

function query(after) {
  const wanted = new URLSearchParams({ limit: String(PAGE) });
  for (const name of ["q", "kind", "signal", "file"]) if (state[name].trim()) wanted.set(name, state[name].trim());
  if (after) wanted.set("after", after);
  return wanted;
}

async function find(after) {
  list.classList.add("pending");
  try {
    const found = await search(query(after));
    if (!found) return;
    state.found = found;
    state.entries = after ? [...state.entries, ...found.entries] : found.entries;
    renderList();
  } catch (error) {
    put(list, trouble(error));
  }
  list.classList.remove("pending");
}
const findSoon = calm(180, () => find());

function item(one) {
  const chosen = one.id === state.chosen;
  return h(
    "li",
    {},
    h(
      "a",
      {
        class: "item",
        href: `#lexicon/${encodeURIComponent(one.id)}`,
        "aria-current": chosen ? "true" : null,
        "data-id": one.id,
      },
      h("span", { class: "item-forms", lang: "ko" }, one.forms.join(", ")),
      h(
        "span",
        { class: "item-figure" },
        one.weight === null ? (one.factor === null ? "" : `×${one.factor}`) : signed(one.weight),
      ),
      h(
        "span",
        { class: "item-foot" },
        one.kind === "entry" ? null : badgeOfKind(one),
        one.signals
          .slice(0, 3)
          .map((code) =>
            h(
              "span",
              { class: "tiny", "data-signal": code },
              h("i", { class: "swatch", "aria-hidden": "true" }),
              t(`signals.${code}`),
            ),
          ),
        h("code", {}, one.id),
      ),
    ),
  );
}

function renderList() {
  const { found, entries } = state;
  if (!found) return;
  $("lexicon-total").textContent = t("lexicon.total", found.total);
  put(
    list,
    entries.length
      ? [
          h("ol", { class: "items", "aria-label": t("lexicon.results") }, entries.map(item)),
          found.next
            ? h(
                "button",
                { type: "button", class: "button more", onclick: () => find(found.next) },
                `${t("more")} (${count(entries.length)} / ${count(found.total)})`,
              )
            : null,
        ]
      : empty(t("lexicon.nothing"), t("lexicon.nothingHint")),
  );
}

function mark() {
  for (const link of list.querySelectorAll(".item")) {
    if (link.dataset.id === state.chosen) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
    } else link.removeAttribute("aria-current");
  }
  root.classList.toggle("has-detail", Boolean(state.chosen));
}

async function choose(id) {
  const moved = state.chosen !== id;
  state.chosen = id;
  mark();
  if (!id) {
    state.detail = null;
    return put(detail, empty(t("lexicon.choose")));
  }
  if (moved) state.detail = null;
  try {
    const found = await fetchEntry(id);
    if (!found || state.chosen !== id) return;
    state.detail = found;
    put(detail, entry(found, back));
    if (moved) {
      detail.scrollTop = 0;
      speak(found.forms.join(", "));
    }
  } catch (error) {
    put(detail, h("div", {}, backButton(), error.code === "not_found" ? empty(t("lexicon.gone")) : trouble(error)));
  }
}

const back = () => {
  const id = state.chosen;
  location.hash = address(false);
  requestAnimationFrame(() => list.querySelector(`[data-id="${CSS.escape(id)}"]`)?.focus());
};
const backButton = () =>
  h(
    "button",
    { type: "button", class: "button quiet small only-narrow", onclick: back },
    icon("back"),
    t("lexicon.back"),
  );

function address(withEntry = true) {
  const wanted = query();
  wanted.delete("limit");
  const text = wanted.toString();
  return `lexicon${withEntry && state.chosen ? `/${encodeURIComponent(state.chosen)}` : ""}${text ? `?${text}` : ""}`;
}

/** A filter was changed: the address says so without a step back for each letter. */
function filtered(name, value, soon) {
  state[name] = value;
  history.replaceState(null, "", `#${address()}`);
  if (soon) findSoon();
  else findSoon.now();
}

async function loadFiles() {
  try {
    const { files } = await get("v1/lexicon/files");
    state.files = files.map((file) => file.path).filter((path) => /^(signals|exceptions|shifters)\//.test(path));
    const control = $("lexicon-file");
    put(
      control,
      [["", t("lexicon.any")], ...state.files.map((path) => [path, path])].map(([value, words]) =>
        h("option", { value, selected: value === state.file }, words),
      ),
    );
  } catch {
    // The filter then stays as it is.
  }
}

export default {
  mount(place) {
    root = place;
    const any = ["", t("lexicon.any")];
    list = h("div", { class: "list", onkeydown: move });
    detail = h("div", { class: "detail", tabindex: "-1" });
    put(
      root,
      h(
        "form",
        {
          class: "card filters",
          role: "search",
          "aria-label": t("lexicon.title"),
          onsubmit: (event) => {
            event.preventDefault();
            findSoon.now();
          },
        },
        field(
          t("lexicon.search"),
          h("input", {
            id: "lexicon-q",
            type: "search",
            lang: "ko",
            autocomplete: "off",
            spellcheck: "false",
            placeholder: t("lexicon.placeholder"),
            value: state.q,
            maxlength: "200",
            oninput: (event) => filtered("q", event.target.value, true),
            onkeydown: intoList,
          }),
        ),
        field(
          t("lexicon.kind"),
          select("lexicon-kind", [any, ...KINDS.map((kind) => [kind, t(`kinds.${kind}`)])], state.kind, (value) =>
            filtered("kind", value),
          ),
        ),
        field(
          t("lexicon.signal"),
          select(
            "lexicon-signal",
            [any, ...SIGNALS.map((code) => [code, t(`signals.${code}`)])],
            state.signal,
            (value) => filtered("signal", value),
          ),
        ),
        field(
          t("lexicon.file"),
          select("lexicon-file", [any, ...state.files.map((path) => [path, path])], state.file, (value) =>
            filtered("file", value),
          ),
        ),
        h("p", { class: "total", id: "lexicon-total", role: "status" }),
      ),
      h("div", { class: "browse" }, list, detail),
    );
    renderList();
    if (state.detail) put(detail, entry(state.detail, back));
    else put(detail, empty(t("lexicon.choose")));
    mark();
  },
  address: () => address(),
  shown(id, asked) {
    const given = [...asked.keys()].length > 0 || !state.found;
    let other = false;
    for (const name of ["q", "kind", "signal", "file"]) {
      const value = asked.get(name) || "";
      if (given && value !== state[name]) {
        state[name] = value;
        other = true;
      }
      const control = $(`lexicon-${name}`);
      if (control.value !== state[name]) control.value = state[name];
    }
    if (!state.files.length) loadFiles();
    if (other || !state.found) find();
    choose(id);
  },
  changed() {
    find();
    if (state.chosen) choose(state.chosen);
  },
  focus: () => $("lexicon-q").select(),
  escape() {
    if (!state.chosen || document.activeElement?.id === "lexicon-q") return false;
    back();
    return true;
  },
};

/** Up and down move in the list. */
function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const links = [...list.querySelectorAll(".item")];
  const at = links.indexOf(document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  if (at + step < 0) $("lexicon-q").focus();
  else links[Math.min(at + step, links.length - 1)].focus();
}

function intoList(event) {
  if (event.key !== "ArrowDown") return;
  event.preventDefault();
  list.querySelector(".item")?.focus();
}
