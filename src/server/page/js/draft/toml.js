// An entry as a linguist would write it.

/** Lines that say something. */
export const linesOf = (text) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

// Basic strings of TOML escape what JSON escapes.
const quoted = (text) => JSON.stringify(text).replaceAll("\u007f", "\\u007F");
const list = (values) => {
  const inline = `[${values.map(quoted).join(", ")}]`;
  return inline.length <= 100 ? inline : `[\n${values.map((one) => `  ${quoted(one)},\n`).join("")}]`;
};

export function toToml(entry) {
  const lines = [
    "[[entry]]",
    `id = ${quoted(entry.id.trim())}`,
    `signals = ${list(entry.signals)}`,
    `forms = ${list(linesOf(entry.forms))}`,
    `class = ${quoted(entry.class)}`,
    `weight = ${entry.weight.toFixed(2)}`,
  ];
  if (entry.confidence !== null) lines.push(`confidence = ${entry.confidence.toFixed(2)}`);
  if (entry.at) lines.push(`at = ${quoted(entry.at)}`);
  if (entry.gap !== null) lines.push(`gap = ${entry.gap}`);
  if (entry.disguise) lines.push("disguise = true");
  lines.push(`hits = ${list(linesOf(entry.hits))}`);
  if (linesOf(entry.misses).length) lines.push(`misses = ${list(linesOf(entry.misses))}`);
  if (entry.note.trim()) lines.push(`note = ${quoted(entry.note.trim())}`);
  return `${lines.join("\n")}\n`;
}
