// The frame of the page: views and their tabs, the address, what is always in sight.

import { $, fresh, h, put } from "./dom.js";
import { icon } from "./icons.js";
import { listen } from "./keys.js";
import { speak, toast } from "./parts.js";
import { keep, kept } from "./preferences.js";
import conversation from "./conversation/view.js";
import draft from "./draft/view.js";
import lexicon from "./lexicon/view.js";
import read from "./read/view.js";
import reply from "./reply/view.js";
import status from "./status/view.js";
import * as watch from "./watch.js";
import { currentLanguage, setLanguage, short, t } from "./words.js";

const VIEWS = { read, conversation, lexicon, draft, reply, status };
const THEMES = ["auto", "light", "dark"];
const IDS = Object.keys(VIEWS);
let current = null;
// The address that is shown.
let shown = null;
// Views that have not yet seen that the lexicons are others.
const stale = new Set();

/** The view of the address, what stands behind it, and the query. */
function address() {
  const [path, query] = location.hash.slice(1).split("?");
  const [id, ...rest] = path.split("/");
  return {
    id: id in VIEWS ? id : "read",
    rest: decodeURIComponent(rest.join("/")),
    query: new URLSearchParams(query || ""),
  };
}

const place = (id) => $(`view-${id}`);

function build() {
  document.documentElement.lang = currentLanguage();
  document.title = t("title");
  $("brand-sub").textContent = t("brand");
  $("skip").textContent = t("skip");
  $("tabs").setAttribute("aria-label", t("tabs.label"));
  put(
    $("tabs"),
    IDS.map((id) =>
      h(
        "button",
        {
          id: `tab-${id}`,
          class: "tab",
          role: "tab",
          type: "button",
          "aria-controls": `view-${id}`,
          "aria-label": t(`tabs.${id}`),
          onclick: () => go(id),
        },
        icon(id),
        h("span", { class: "tab-long", "aria-hidden": "true" }, t(`tabs.${id}`)),
        h("span", { class: "tab-short", "aria-hidden": "true" }, t.maybe(`tabsShort.${id}`) || t(`tabs.${id}`)),
      ),
    ),
  );
  put(
    $("main"),
    IDS.map((id) =>
      h("div", {
        id: `view-${id}`,
        class: `view view-${id}`,
        role: "tabpanel",
        "aria-labelledby": `tab-${id}`,
        tabindex: "-1",
        hidden: true,
      }),
    ),
  );
  for (const id of IDS) VIEWS[id].mount(place(id));
  tools();
  show();
  banner(watch.lexicon());
}

function tools() {
  const theme = kept("theme", "auto");
  $("tools").setAttribute("aria-label", t("tools.label"));
  put(
    $("tools"),
    h("a", { class: "running", id: "running", href: "#status" }),
    h(
      "button",
      {
        class: "button quiet",
        type: "button",
        id: "language",
        lang: currentLanguage() === "ko" ? "en" : "ko",
        title: t("tools.languageName"),
        onclick: switchLanguage,
      },
      t("tools.language"),
    ),
    h(
      "button",
      {
        class: "button quiet round",
        type: "button",
        id: "theme",
        "aria-label": t(`tools.theme.${theme}`),
        title: t(`tools.theme.${theme}`),
        onclick: switchTheme,
      },
      icon({ auto: "auto", light: "sun", dark: "moon" }[theme]),
    ),
    h(
      "a",
      { class: "button quiet round", href: "docs/", "aria-label": t("tools.docs"), title: t("tools.docs") },
      icon("book"),
    ),
    h(
      "button",
      {
        class: "button quiet round",
        type: "button",
        id: "help",
        "aria-label": t("tools.help"),
        title: `${t("tools.help")} (?)`,
        onclick: () => help(),
      },
      icon("help"),
    ),
  );
  running();
}

function running(away = false) {
  const state = watch.lexicon();
  const revision = state ? short(state.revision) : "…";
  const words = away ? t("tools.away") : t("tools.lexicon", revision);
  const link = $("running");
  link.className = `running ${away ? "away" : state && watch.failed(state.last_attempt) ? "refused" : "well"}`;
  link.setAttribute("aria-label", words);
  link.title = words;
  put(link, h("i", { class: "dot", "aria-hidden": "true" }), h("code", {}, revision));
}

function switchLanguage() {
  setLanguage(currentLanguage() === "ko" ? "en" : "ko");
  build();
  $("language").focus();
}

function switchTheme() {
  const chosen = THEMES[(THEMES.indexOf(kept("theme", "auto")) + 1) % THEMES.length];
  keep("theme", chosen);
  dress();
  tools();
  $("theme").focus();
  speak(t(`tools.theme.${chosen}`));
}

function dress() {
  const chosen = kept("theme", "auto");
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

/** Shows a view as it was left, at once: the event of the address comes later. */
function go(id) {
  location.hash = VIEWS[id].address?.() || id;
  show();
}

function show() {
  shown = location.hash;
  const { id, rest, query } = address();
  const moved = current !== id;
  current = id;
  for (const one of IDS) {
    const chosen = one === id;
    place(one).hidden = !chosen;
    const tab = $(`tab-${one}`);
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  $("skip").href = `#view-${id}`;
  $("skip").onclick = (event) => {
    event.preventDefault();
    place(id).focus();
  };
  if (moved) window.scrollTo(0, 0);
  VIEWS[id].shown?.(rest, query);
  if (stale.delete(id)) VIEWS[id].changed?.();
}

function banner(state) {
  const attempt = state?.last_attempt;
  const bad = watch.failed(attempt);
  const before = $("banner").dataset.at;
  $("banner").hidden = !bad;
  $("banner").dataset.at = bad ? attempt.at + currentLanguage() : "";
  if (!bad || before === $("banner").dataset.at) return;
  const words = attempt.findings.length ? t("banner.refused", attempt.findings.length) : t("banner.unreadable");
  const first = attempt.findings[0];
  put(
    $("banner"),
    icon("warn"),
    h("p", {}, words, first ? h("code", {}, `${first.file}:${first.line} ${first.code} ${first.message}`) : null),
    h("a", { class: "button small", href: "#status" }, t("banner.details")),
  );
}

function help() {
  const heading = fresh("help");
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-labelledby": heading, onclose: () => dialog.remove() },
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id: heading }, t("help.title")),
      h(
        "button",
        { class: "button quiet round", type: "button", "aria-label": t("close"), onclick: () => dialog.close() },
        icon("close"),
      ),
    ),
    h(
      "dl",
      { class: "keys" },
      t("help.rows").map(([keys, words]) =>
        h(
          "div",
          {},
          h(
            "dt",
            {},
            keys.map((key) => (key === "–" ? "–" : h("kbd", {}, key))),
          ),
          h("dd", {}, words),
        ),
      ),
    ),
    h(
      "label",
      { class: "switch" },
      h("input", {
        type: "checkbox",
        checked: kept("simpleKeys", true),
        onchange: (event) => keep("simpleKeys", event.target.checked),
      }),
      h("span", {}, t("help.simple"), h("small", {}, t("help.simpleHint"))),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}

listen({
  ids: IDS,
  go,
  view: () => VIEWS[current],
  help,
});
window.addEventListener("hashchange", () => {
  if (location.hash !== shown) show();
});
watch.on("state", (state) => {
  running();
  banner(state);
  VIEWS.status.changed();
});
watch.on("away", () => running(true));
watch.on("changed", (state) => {
  for (const id of IDS) stale.add(id);
  stale.delete(current);
  VIEWS[current].changed?.();
  toast(t("changed", short(state.revision)), "done");
});
dress();
build();
watch.look();
