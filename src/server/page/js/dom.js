// Elements from data. Text is only ever set as text: nothing here parses HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(made, given, children) {
  for (const [name, value] of Object.entries(given || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "indeterminate") made[name] = value;
    else if (name.startsWith("--")) made.style.setProperty(name, value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** An element: attributes, `onclick`-like listeners, `--custom` properties; then its children. */
export const h = (tag, given, ...children) => fill(document.createElement(tag), given, children);

/** An element of a drawing. */
export const s = (tag, given, ...children) => fill(document.createElementNS(SVG, tag), given, children);

export const $ = (id) => document.getElementById(id);

/** Puts these in the place of what was there. */
export function put(place, ...children) {
  place.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return place;
}

/** Calls `work` when no call has come for `wait` milliseconds; `.now()` calls it at once. */
export function calm(wait, work) {
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  };
  later.now = () => {
    clearTimeout(timer);
    return work();
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

let last = 0;
/** An id that nothing else on the page has. */
export const fresh = (stem) => `${stem}-${(last += 1)}`;

/** Whether keys typed there are text. */
export function takesText(element) {
  if (!element) return false;
  return (
    element.isContentEditable ||
    element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=range])")
  );
}

/** Code points of a text, so that offsets counted in them can be cut at. */
export const points = (text) => Array.from(text);
