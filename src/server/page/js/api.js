// The one place that speaks to the service. Every failure is a Trouble with words for people.

import { t } from "./words.js";

export class Trouble extends Error {
  constructor(code, status, problem) {
    super(code);
    this.code = code;
    this.status = status;
    this.problem = problem || {};
  }

  /** In the language of the page; what it has no words for, as the service said it. */
  get words() {
    return t.maybe(`trouble.${this.code}`) || this.problem.detail || t("trouble.other");
  }

  get errors() {
    return this.problem.errors || [];
  }
}

async function answer(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble("away", 0);
  }
  if (response.ok) return response;
  let problem = {};
  try {
    problem = await response.json();
  } catch {
    // A proxy between may answer in words of its own.
  }
  const code =
    String(problem.type || "")
      .split(":")
      .pop() || "other";
  throw new Trouble(code, response.status, problem);
}

export const get = async (path, signal) => (await answer(path, { signal })).json();

export async function post(path, body, { signal, key } = {}) {
  const headers = { "content-type": "application/json" };
  if (key) headers.authorization = `Bearer ${key}`;
  return (await answer(path, { method: "POST", headers, body: JSON.stringify(body), signal })).json();
}

/** Runs one request at a time: a later one ends the earlier. Resolves to undefined where it was ended. */
export function latest(work) {
  let running;
  return async (...given) => {
    running?.abort();
    const control = (running = new AbortController());
    try {
      const done = await work(control.signal, ...given);
      return control.signal.aborted ? undefined : done;
    } catch (error) {
      if (error.name === "AbortError" || control.signal.aborted) return undefined;
      throw error;
    }
  };
}
