// Asks again and again which lexicons answer, as long as somebody looks, and tells who listens:
// "state" after each answer, "changed" when others answer, "away" and "back".

import { get } from "./api.js";

const EVERY_MS = 2000;
const told = new EventTarget();
let state = null;
let away = false;
let timer;

export const on = (name, work) => told.addEventListener(name, (event) => work(event.detail));
const tell = (name, detail) => told.dispatchEvent(new CustomEvent(name, { detail }));

/** The last answer of `GET /v1/lexicon`; null before the first. */
export const lexicon = () => state;

/** Whether an attempt has ended with other lexicons than the files hold. */
export const failed = (attempt) => Boolean(attempt) && ["refused", "unreadable"].includes(attempt.outcome);

export async function look() {
  clearTimeout(timer);
  try {
    const before = state;
    state = await get("v1/lexicon");
    if (away) tell("back");
    away = false;
    tell("state", state);
    if (before && before.revision !== state.revision) tell("changed", state);
  } catch {
    if (!away) tell("away");
    away = true;
  }
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(look, EVERY_MS);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else look();
});
