// Parts that several views show in the same way.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

/** A level with its number and name. */
export const badge = (level, small) =>
  h(
    "span",
    { class: small ? "badge small" : "badge", "data-level": level },
    h("b", { class: "badge-number" }, String(level)),
    h("span", {}, t(`levels.${level}`)),
  );

export const chip = (code, more) =>
  h(
    "span",
    { class: "chip", "data-signal": code },
    h("i", { class: "swatch", "aria-hidden": "true" }),
    t.maybe(`signals.${code}`) || code,
    more ? h("small", {}, more) : null,
  );

export const card = (title, given, ...children) =>
  h("section", { ...given, class: `card ${given?.class || ""}`, "aria-label": title }, h("h2", {}, title), children);

/** Says something short where everybody sees it, and to screen readers. */
export function toast(words, kind = "info") {
  const made = h(
    "div",
    { class: `toast ${kind}` },
    icon(kind === "error" ? "warn" : kind === "info" ? "info" : "check"),
    h("span", {}, words),
  );
  const place = document.getElementById("toasts");
  place.append(made);
  while (place.children.length > 3) place.firstChild.remove();
  setTimeout(() => made.remove(), 6000);
}

/** Says something to screen readers alone. */
export const speak = (words) => {
  document.getElementById("spoken").textContent = words;
};

async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without a secure connection browsers offer only this.
  const field = h("textarea", { class: "unseen", value: text, "aria-hidden": "true" });
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
}

export async function copy(text) {
  try {
    await write(text);
    toast(t("copied"), "done");
  } catch {
    toast(t("copyFailed"), "error");
  }
}

export const copyButton = (text, label) =>
  h(
    "button",
    {
      class: "button quiet small",
      type: "button",
      "aria-label": label ? null : `${t("copy")}: ${text}`,
      onclick: () => copy(typeof text === "function" ? text() : text),
    },
    icon("copy"),
    label || t("copy"),
  );

/** Something went wrong, said in place. */
export const trouble = (error) =>
  h(
    "div",
    { class: "note error", role: "alert" },
    icon("warn"),
    h(
      "div",
      {},
      h("p", {}, error.words || String(error.message || error)),
      error.errors?.length
        ? h(
            "ul",
            {},
            error.errors.slice(0, 10).map((one) => h("li", {}, [one.pointer, one.detail].filter(Boolean).join(" "))),
          )
        : null,
    ),
  );

export const empty = (words, more) => h("div", { class: "empty" }, h("p", {}, words), more ? h("p", {}, more) : null);

/** Findings of a check: place, code, what is wrong, how to mend it. */
export const findings = (list, open) =>
  h(
    "ol",
    { class: "findings" },
    list.map((one) => {
      const place = `${one.file}:${one.line}:${one.column}`;
      return h(
        "li",
        { class: `finding ${one.severity}` },
        icon(one.severity === "error" ? "warn" : "info"),
        h(
          "div",
          {},
          h(
            "p",
            { class: "finding-head" },
            h("b", {}, one.code),
            " ",
            open
              ? h("button", { type: "button", class: "link", onclick: () => open(one) }, place)
              : h("code", {}, place),
          ),
          h("p", {}, one.message),
          one.help ? h("p", { class: "soft" }, one.help) : null,
        ),
      );
    }),
  );

/** Examples that fill a field when chosen. */
export const samples = (label, list, choose) =>
  h(
    "div",
    { class: "samples", role: "group", "aria-label": label },
    list.map((text) => h("button", { type: "button", class: "sample", lang: "ko", onclick: () => choose(text) }, text)),
  );

/** A choice of one among few, as connected buttons. */
export function segments(label, options, chosen, choose) {
  const buttons = options.map(([value, words]) =>
    h(
      "button",
      {
        type: "button",
        class: "segment",
        "aria-pressed": String(value === chosen),
        "data-value": value,
        onclick: () => {
          for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.value === value));
          choose(value);
        },
      },
      words,
    ),
  );
  return h("div", { class: "segments", role: "group", "aria-label": label }, buttons);
}

export const field = (label, control, hint) => {
  const id = control.id;
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`);
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    control,
    hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null,
  );
};

export const select = (id, options, value, change) =>
  h(
    "select",
    { id, onchange: (event) => change(event.target.value) },
    options.map(([code, words]) => h("option", { value: code, selected: code === value }, words)),
  );
