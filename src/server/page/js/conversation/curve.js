// The mood of the customer turn by turn. The drawing is for the eye; its points are buttons that
// lie over it, so that a keyboard and a screen reader reach them, and a table says the same.

import { h, s } from "../dom.js";
import { t } from "../words.js";

const BANDS = 4;
const WIDTH = 1000;
const HEIGHT = 280;

/** Height of a turn from 0 to 1: its level is the band, its score the height within. */
const height = ({ level, score }) => (level + 0.2 + 0.6 * Math.min(1, Math.max(0, score))) / BANDS;

const path = (places) =>
  places
    .map(([x, y], index) => {
      if (!index) return `M${x} ${y}`;
      const [before, at] = [places[index - 1], (places[index - 1][0] + x) / 2];
      return `C${at} ${before[1]} ${at} ${y} ${x} ${y}`;
    })
    .join("");

/** `points`: { turn (from 0), level, score, signals, label }; `turns`: how many there are in all. */
export function curve(points, turns, go) {
  const across = (turn) => (turns < 2 ? 0.5 : 0.03 + (0.94 * turn) / (turns - 1));
  const places = points.map((point) => [across(point.turn) * WIDTH, (1 - height(point)) * HEIGHT]);
  const bands = Array.from({ length: BANDS }, (_, level) =>
    s("rect", {
      class: "band",
      "data-level": level,
      x: 0,
      width: WIDTH,
      y: HEIGHT - ((level + 1) * HEIGHT) / BANDS,
      height: HEIGHT / BANDS,
    }),
  );
  const drawing = s(
    "svg",
    {
      class: "curve-drawing",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
      focusable: "false",
    },
    bands,
    places.length > 1
      ? s("path", {
          class: "curve-area",
          d: `${path(places)}L${places.at(-1)[0]} ${HEIGHT}L${places[0][0]} ${HEIGHT}Z`,
        })
      : null,
    places.length > 1 ? s("path", { class: "curve-line", d: path(places) }) : null,
  );
  const label = h("p", { class: "curve-tip", "aria-hidden": "true", hidden: true });
  const dots = points.map((point, index) =>
    h("button", {
      type: "button",
      class: "dot-button",
      "data-level": point.level,
      tabindex: index ? "-1" : "0",
      "aria-label": point.label,
      "--x": String(across(point.turn)),
      "--y": String(1 - height(point)),
      onclick: () => go(point.turn),
      onkeydown: (event) => step(event, index),
      onmouseenter: () => tell(point),
      onfocus: () => tell(point),
      onmouseleave: hide,
      onblur: hide,
      "data-number": point.turn + 1,
    }),
  );

  function step(event, index) {
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: dots.length - 1 }[event.key];
    if (to === undefined || !dots[to]) return;
    event.preventDefault();
    dots[index].tabIndex = -1;
    dots[to].tabIndex = 0;
    dots[to].focus();
  }
  function tell(point) {
    label.textContent = point.label;
    label.style.setProperty("--x", String(across(point.turn)));
    label.style.setProperty("--y", String(1 - height(point)));
    label.dataset.side = across(point.turn) > 0.6 ? "left" : "right";
    label.hidden = false;
  }
  function hide() {
    label.hidden = true;
  }

  return h(
    "div",
    { class: "curve", role: "group", "aria-label": t("conversation.curve") },
    h(
      "ol",
      { class: "curve-axis", "aria-hidden": "true" },
      Array.from({ length: BANDS }, (_, index) => BANDS - 1 - index).map((level) =>
        h("li", { "data-level": level }, h("b", {}, String(level)), h("span", {}, t(`levels.${level}`))),
      ),
    ),
    h("div", { class: "curve-plot" }, drawing, dots, label),
  );
}
