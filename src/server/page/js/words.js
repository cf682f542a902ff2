// The words of the page, in one file for each language.

import en from "./words.en.js";
import ko from "./words.ko.js";
import { kept, keep } from "./preferences.js";

const LANGUAGES = { ko, en };
let language = kept("language", "ko") in LANGUAGES ? kept("language", "ko") : "ko";

const find = (path) => path.split(".").reduce((at, step) => at?.[step], LANGUAGES[language]);

/** The words of a path such as `read.title`; what takes numbers or names is given them. */
export function t(path, ...given) {
  const found = find(path);
  if (found === undefined) return path;
  return typeof found === "function" ? found(...given) : found;
}

/** The words of a path, or nothing where there are none. */
t.maybe = (path, ...given) => (find(path) === undefined ? "" : t(path, ...given));

export const currentLanguage = () => language;

export function setLanguage(chosen) {
  language = chosen;
  keep("language", chosen);
}

const locale = () => (language === "ko" ? "ko-KR" : "en-GB");

export const count = (number) => number.toLocaleString(locale());

/** 1.5 as +1.50, with a true minus. */
export const signed = (number, digits = 2) => `${number < 0 ? "−" : "+"}${Math.abs(number).toFixed(digits)}`;

export const figure = (number, digits = 2) => (number < 0 ? "−" : "") + Math.abs(number).toFixed(digits);

export const percent = (share) => `${Math.round(share * 100)}%`;

export function moment(text) {
  const at = new Date(text);
  const today = new Date().toDateString() === at.toDateString();
  const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false };
  const day = today ? {} : { year: "numeric", month: "short", day: "numeric" };
  return at.toLocaleString(locale(), { ...day, ...clock });
}

/** `sha256:bb5904ee3d10aee9` as `bb5904ee`. */
export const short = (hash) =>
  String(hash || "")
    .replace(/^sha256:/, "")
    .slice(0, 8);
