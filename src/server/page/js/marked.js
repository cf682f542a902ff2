// A text with spans marked in it. Spans may overlap: the text is cut at every border, and each
// piece shows the spans that cover it, the weightiest in its ground and all in its underlines.

import { h } from "./dom.js";

/**
 * `spans`: { start, end, signal?, off?, quiet?, title, key }, in UTF-16 units, the weightiest first.
 * `chosen(key)` is told which span was pressed.
 */
export function marked(text, spans, chosen) {
  const borders = new Set([0, text.length]);
  for (const span of spans) borders.add(span.start).add(span.end);
  const cuts = [...borders].sort((a, b) => a - b);
  const pieces = cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1];
    const over = spans.filter((span) => span.start <= start && end <= span.end);
    return over.length ? piece(text.slice(start, end), over, chosen) : text.slice(start, end);
  });
  return h("p", { class: "marked", lang: "ko" }, pieces);
}

function piece(words, over, chosen) {
  const lead = over.find((span) => !span.off && !span.quiet) || over[0];
  const others = over.filter((span) => span !== lead && span.signal && !span.off).slice(0, 1);
  const kind = lead.quiet ? "quiet" : lead.off ? "off" : "";
  const made = h(
    "mark",
    {
      class: kind,
      "data-signal": lead.signal,
      "data-keys": over.map((span) => span.key).join(" "),
      title: [...new Set(over.map((span) => span.title))].join("\n"),
      onclick: chosen ? () => chosen(lead.key) : null,
    },
    words,
  );
  if (others.length) made.append(h("i", { class: "under", "data-signal": others[0].signal, "aria-hidden": "true" }));
  return made;
}

/** Lets pieces and rows of the same key light up together. */
export function lightsUp(root) {
  const light = (target, on) => {
    const keys = target?.closest("[data-keys], [data-key]");
    if (!keys) return;
    const wanted = new Set((keys.dataset.key || keys.dataset.keys).split(" "));
    for (const one of root.querySelectorAll("[data-keys], [data-key]")) {
      const has = (one.dataset.key || one.dataset.keys).split(" ").some((key) => wanted.has(key));
      one.classList.toggle("lit", on && has);
    }
  };
  for (const [begin, end] of [
    ["mouseover", "mouseout"],
    ["focusin", "focusout"],
  ]) {
    root.addEventListener(begin, (event) => light(event.target, true));
    root.addEventListener(end, (event) => light(event.target, false));
  }
}
