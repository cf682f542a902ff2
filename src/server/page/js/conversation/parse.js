// A pasted conversation as turns. One line is one turn.

const SPEAKERS = {
  customer: ["고객", "고객님", "손님", "customer", "user", "client"],
  bot: ["챗봇", "봇", "bot", "assistant", "chatbot"],
  agent: ["상담원", "상담사", "직원", "agent", "operator"],
};
const ROLE_OF = new Map(Object.entries(SPEAKERS).flatMap(([role, names]) => names.map((name) => [name, role])));

function fromJson(value) {
  const role = ROLE_OF.get(String(value.role ?? "customer").toLowerCase());
  return role && typeof value.text === "string" ? [{ role, text: value.text }] : null;
}

/** Turns of one line; null where it begins like JSON and is none of ours. */
function line(text) {
  if (text.startsWith("{")) {
    try {
      const value = JSON.parse(text);
      return Array.isArray(value.turns) ? value.turns.flatMap(fromJson) : fromJson(value);
    } catch {
      return null;
    }
  }
  const [, name, said] = text.match(/^\s*([^\s:：]{1,12})\s*[:：]\s*(.*)$/s) || [];
  const role = name && ROLE_OF.get(name.toLowerCase());
  return [role ? { role, text: said } : { role: "customer", text }];
}

/** `{ turns: [{ role, text, line }], bad: [line, …] }`; lines are counted from 1. */
export function parse(text) {
  const turns = [];
  const bad = [];
  text.split(/\r?\n/).forEach((content, index) => {
    if (!content.trim()) return;
    const read = line(content.trim());
    if (!read || read.includes(null)) bad.push(index + 1);
    else for (const turn of read) if (turn.text.trim()) turns.push({ ...turn, line: index + 1 });
  });
  return { turns, bad };
}
