// Korean in Latin letters, syllable by syllable, for ids: 벽돌 → byeokdol.

const INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const VOWELS = [
  "a",
  "ae",
  "ya",
  "yae",
  "eo",
  "e",
  "yeo",
  "ye",
  "o",
  "wa",
  "wae",
  "oe",
  "yo",
  "u",
  "wo",
  "we",
  "wi",
  "yu",
  "eu",
  "ui",
  "i",
];
const FINALS = [
  "",
  "k",
  "k",
  "k",
  "n",
  "n",
  "n",
  "t",
  "l",
  "k",
  "m",
  "l",
  "l",
  "l",
  "l",
  "l",
  "m",
  "p",
  "p",
  "t",
  "t",
  "ng",
  "t",
  "t",
  "k",
  "t",
  "p",
  "t",
];
const FIRST = 0xac00;
const LAST = 0xd7a3;

export function romanize(text) {
  const letters = Array.from(text.trim().toLowerCase(), (letter) => {
    const code = letter.codePointAt(0);
    if (code < FIRST || code > LAST) return /[a-z0-9]/.test(letter) ? letter : "-";
    const place = code - FIRST;
    return INITIALS[Math.floor(place / 588)] + VOWELS[Math.floor((place % 588) / 28)] + FINALS[place % 28];
  });
  return letters.join("").replace(/-+/g, "-").replace(/^-|-$/g, "").slice(0, 40);
}
