"use strict";
// Shows the samples of one entry, one direction, or with a word in them.
(() => {
  const samples = [...document.querySelectorAll(".samples li")];
  const entry = document.getElementById("by-entry");
  const move = document.getElementById("by-move");
  const word = document.getElementById("by-word");
  const shown = document.getElementById("shown");
  const apply = () => {
    const wanted = word.value.trim();
    let count = 0;
    for (const sample of samples) {
      const fits =
        (!entry.value || sample.dataset.entries.split(" ").includes(entry.value)) &&
        (!move.value || sample.dataset.moves.split(" ").includes(move.value)) &&
        (!wanted || sample.querySelector(".text").textContent.includes(wanted));
      sample.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.textContent = `${count}건`;
  };
  for (const control of [entry, move, word]) control.addEventListener("input", apply);
  apply();
})();
