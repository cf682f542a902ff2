// A whole file of the lexicon, edited in place: existing entries can be changed and tried.

import { get } from "../api.js";
import { h, put } from "../dom.js";
import { copyButton, field, trouble } from "../parts.js";
import { count, t } from "../words.js";

let names = [];

/** How many lines differ between two texts, counted from both ends. */
function changedLines(before, after) {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return { first: start + 1, lines: Math.max(a.length, b.length) - start - end };
}

/** Puts the caret at the begin of a line, counted from 1, and shows it. */
export function toLine(area, line) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 4);
}

const load = async (path) => (await get(`v1/lexicon/files/${path.split("/").map(encodeURIComponent).join("/")}`)).text;

/** Fields that write into `file` and then call `changed`. */
export function fileForm(file, changed) {
  const path = h("input", {
    id: "draft-path",
    type: "text",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    placeholder: t("draft.file.placeholder"),
    value: file.path,
    oninput: () => {
      file.path = path.value;
      changed();
    },
  });
  const area = h("textarea", {
    id: "draft-file",
    class: "code",
    rows: "24",
    lang: "ko",
    spellcheck: "false",
    autocomplete: "off",
    wrap: "off",
    value: file.text,
    "aria-describedby": "draft-file-hint",
    oninput: () => {
      file.text = area.value;
      tell();
      changed();
    },
  });
  const state = h("p", { class: "hint file-state", role: "status" });
  const says = h("div");
  const choose = h("select", { id: "draft-choose", onchange: () => choose.value && take(choose.value) });
  const back = h(
    "button",
    {
      type: "button",
      class: "link",
      onclick: () => {
        file.text = area.value = file.loaded;
        tell();
        changed();
      },
    },
    t("draft.file.back"),
  );

  function tell() {
    if (!file.loaded) return put(state);
    const { first, lines } = changedLines(file.loaded, file.text);
    if (!lines) return put(state, t("draft.file.same"));
    put(
      state,
      `${t("draft.file.changed")} ${count(lines)} `,
      h("button", { type: "button", class: "link", onclick: () => toLine(area, first) }, `${file.path}:${first}`),
      " · ",
      back,
    );
  }
  async function take(chosen, line) {
    try {
      const text = await load(chosen);
      Object.assign(file, { path: chosen, text, loaded: text });
      path.value = chosen;
      area.value = text;
      put(says);
      tell();
      if (line) toLine(area, line);
      changed();
    } catch (error) {
      put(says, trouble(error));
    }
  }
  async function list() {
    try {
      if (!names.length) names = (await get("v1/lexicon/files")).files.map((one) => one.path);
      put(
        choose,
        h("option", { value: "" }, t("draft.file.none")),
        names.map((name) => h("option", { value: name }, name)),
      );
    } catch (error) {
      put(says, trouble(error));
    }
  }
  list();
  tell();
  const element = h(
    "form",
    { class: "draft-form", onsubmit: (event) => event.preventDefault() },
    h("div", { class: "fields two" }, field(t("draft.file.choose"), choose), field(t("draft.file.path"), path)),
    says,
    field(t("draft.file.text"), area, t("draft.file.hint")),
    state,
    h("div", { class: "actions" }, copyButton(() => file.text, t("draft.file.copy"))),
  );
  return { element, take, toLine: (line) => toLine(area, line) };
}
