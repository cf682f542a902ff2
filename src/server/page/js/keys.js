// Keys that work everywhere. Keys of one letter can be switched off (WCAG 2.1.4).

import { $, takesText } from "./dom.js";
import { kept } from "./preferences.js";

export function listen({ ids, go, view, help }) {
  $("tabs").addEventListener("keydown", (event) => {
    const at = ids.indexOf(event.target.id.replace("tab-", ""));
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: ids.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const id = ids.at(to % ids.length);
    go(id);
    $(`tab-${id}`).focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (view().act?.()) event.preventDefault();
      return;
    }
    if (event.key === "Escape") {
      if (view().escape?.()) event.preventDefault();
      else if (takesText(document.activeElement)) document.activeElement.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || takesText(event.target) || !kept("simpleKeys", true)) return;
    if (event.key === "?") help();
    else if (event.key === "/") view().focus?.();
    else if (event.key >= "1" && event.key <= String(ids.length)) {
      const id = ids[Number(event.key) - 1];
      go(id);
      $(`tab-${id}`).focus();
    } else return;
    event.preventDefault();
  });
}
