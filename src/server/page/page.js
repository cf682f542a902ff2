"use strict";
// Sends the message to this service as it is typed and shows the answer. All text is set with
// textContent, never as HTML.

const WAIT_MS = 180;
const LEVELS = ["불편 없음", "약한 불편", "뚜렷한 불편", "심한 불편"];
const SENTIMENTS = { negative: "부정", neutral: "중립", positive: "긍정" };
const ACTIONS = {
  none: "평소처럼 이어 가기",
  apologize: "양해의 말씀 드리기",
  offer: "상담원 연결 제안하기",
  transfer: "지금 상담원에게 연결하기",
  priority: "책임자에게 바로 넘기기",
};
const QUEUES = {
  general: "일반 상담", retention: "해지·환불 전담", technical: "기술·상품", billing: "요금·정산",
  complaint: "민원", safety: "상담원 보호", crisis: "위기 대응", supervisor: "책임자",
};
// Name and hue of each signal; hues of related signals are near each other.
const SIGNALS = {
  anger: ["분노·짜증", 8], disappointment: ["실망", 28], sarcasm: ["비꼼", 45],
  waiting: ["대기·지연", 205], repetition: ["반복 설명", 225], runaround: ["뺑뺑이", 245],
  bot_failure: ["챗봇 불통", 185], usability: ["이용 불편", 170], product_fault: ["상품 불량", 265],
  broken_promise: ["약속·안내 위반", 285], churn: ["이탈", 305], formal_complaint: ["민원·법적 대응", 325],
  agent_request: ["상담원 요청", 215], profanity: ["욕설", 355], insult: ["인신공격", 345],
  threat: ["위협", 0], sexual_harassment: ["성희롱", 335], crisis: ["위기", 275],
  emoticon: ["불편 이모티콘", 55], gratitude: ["감사·칭찬", 145],
};
const WARNINGS = {
  classifier_skipped: "분류기가 바빠 사전만으로 판단했습니다.",
  classifier_late: "분류기가 제때 답하지 못해 사전만으로 판단했습니다.",
  classifier_failed: "분류기가 이 메시지를 읽지 못해 사전만으로 판단했습니다.",
};
const PROBLEMS = {
  text_too_long: "메시지가 너무 깁니다. 조금 줄여 주세요.",
  body_too_large: "메시지가 너무 깁니다. 조금 줄여 주세요.",
  empty_text: "",
};

const $ = (id) => document.getElementById(id);
const text = $("text");
let timer;
let running;

function element(tag, className, content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (content !== undefined) made.textContent = content;
  return made;
}

const nameOf = (code) => (SIGNALS[code] || [code])[0];
const hueOf = (code) => (SIGNALS[code] || ["", 220])[1];
const percent = (value) => `${Math.round(value * 100)}%`;

async function analyze() {
  if (running) running.abort();
  const message = text.value;
  if (!message.trim()) return showNothing();
  const control = (running = new AbortController());
  $("result").classList.add("stale");
  try {
    const response = await fetch("v1/analyze", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: message, offsets: "utf16" }),
      signal: control.signal,
    });
    const body = await response.json();
    if (response.ok) show(message, body);
    else showProblem(body);
  } catch (error) {
    if (error.name !== "AbortError") showError("서비스에 닿지 않습니다. 잠시 뒤에 다시 시도해 주세요.");
  }
}

function showNothing() {
  $("error").hidden = true;
  $("result").hidden = true;
  $("empty").hidden = false;
  $("summary").textContent = "";
}

function showProblem(problem) {
  const code = String(problem.type || "").split(":").pop();
  showError(code in PROBLEMS ? PROBLEMS[code] : "이 메시지를 읽지 못했습니다.");
}

function showError(message) {
  showNothing();
  if (!message) return;
  $("empty").hidden = true;
  $("error").textContent = message;
  $("error").hidden = false;
}

function show(message, answer) {
  $("error").hidden = true;
  $("empty").hidden = true;
  $("result").hidden = false;
  $("result").classList.remove("stale");
  showVerdict(answer);
  showSecond(answer);
  showMarked(message, answer.signals);
  showAction(answer);
  showSignals(answer.signals);
  showLines(answer.apologies);
  $("version").textContent = answer.versions.lexicon;
}

function showVerdict({ frustration, sentiment, action, signals }) {
  $("verdict").className = `card verdict level-${frustration.level}`;
  $("level").textContent = `${frustration.level} · ${LEVELS[frustration.level]}`;
  $("sentiment").textContent = `감정 ${SENTIMENTS[sentiment.label]} (${sentiment.score.toFixed(2)})`;
  $("score").textContent = frustration.score.toFixed(2);
  $("fill").style.width = percent(frustration.score);
  $("meter").setAttribute("aria-valuenow", frustration.score);
  $("meter").setAttribute("aria-valuetext", `${frustration.score.toFixed(2)}, ${LEVELS[frustration.level]}`);
  const names = signals.filter(isPresent).map((signal) => nameOf(signal.code));
  const why = names.length ? `신호: ${names.join(", ")}. ` : "";
  $("summary").textContent = `${LEVELS[frustration.level]}. ${why}다음 행동: ${ACTIONS[action]}.`;
}

// What the classifier says before both are weighed, or why it says nothing.
function showSecond({ classifier, warnings }) {
  const said = classifier && classifier.scores.frustration;
  const parts = (warnings || []).map((code) => WARNINGS[code] || code);
  if (typeof said === "number") {
    parts.push(`분류기(${classifier.model})만 보면 ${said.toFixed(2)}. 사전의 근거와 함께 헤아린 값입니다.`);
  }
  $("second").textContent = parts.join(" ");
  $("second").hidden = parts.length === 0;
}

// A signal of the lexicon whose every match is negated is listed only to show why it is absent.
const isPresent = (signal) =>
  signal.source !== "lexicon" || signal.matches.some((match) => !match.negated);

// Spans of different signals may overlap: the text is cut at every border, and each piece shows
// the signals that cover it, in the colour of the first.
function showMarked(message, signals) {
  const spans = signals.flatMap((signal) =>
    signal.matches.map((match) => ({ ...match, code: signal.code })));
  const borders = new Set([0, message.length]);
  for (const span of spans) borders.add(span.start).add(span.end);
  const cuts = [...borders].sort((a, b) => a - b);
  const pieces = cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1];
    const over = spans.filter((span) => span.start <= start && end <= span.end);
    return piece(message.slice(start, end), over);
  });
  $("marked").replaceChildren(...pieces);
}

function piece(content, over) {
  if (!over.length) return document.createTextNode(content);
  const lead = over.find((span) => !span.negated) || over[0];
  const made = element("mark", lead.negated ? "off" : "", content);
  made.style.setProperty("--hue", hueOf(lead.code));
  const names = [...new Set(over.map((span) => nameOf(span.code)))];
  made.title = names.join(", ") + (lead.negated ? " (부정되어 세지 않음)" : "");
  return made;
}

function showAction({ action, escalation }) {
  $("action").textContent = ACTIONS[action];
  const rows = [];
  if (escalation) {
    rows.push(["연결", QUEUES[escalation.queue] || escalation.queue]);
    if (escalation.reasons.length) rows.push(["이유", escalation.reasons.map(nameOf).join(", ")]);
    if (escalation.protect_agent) rows.push(["보호", "상담원 보호 절차를 함께 시작합니다"]);
  }
  $("escalation").replaceChildren(
    ...rows.flatMap(([term, value]) => [element("dt", "", term), element("dd", "", value)]));
}

function showSignals(signals) {
  $("no-signals").hidden = signals.length > 0;
  $("signals").replaceChildren(...signals.map((signal) => {
    const present = isPresent(signal);
    const item = element("li", present ? "" : "absent");
    item.style.setProperty("--hue", hueOf(signal.code));
    const bar = element("span", "bar");
    const fill = element("i");
    fill.style.width = percent(signal.score);
    bar.append(fill);
    bar.setAttribute("aria-hidden", "true");
    const texts = [...new Set(signal.matches.map((match) => `“${match.text.trim()}”`))];
    if (signal.source === "classifier") texts.push("분류기가 문장 전체에서 읽음");
    const found = texts.join("  ");
    item.append(
      element("span", "swatch"),
      element("span", "name", nameOf(signal.code)),
      element("span", "percent", present ? percent(signal.score) : "세지 않음"),
      bar,
      element("span", "found", found));
    return item;
  }));
}

function showLines(lines) {
  $("no-lines").hidden = lines.length > 0;
  $("lines").replaceChildren(...lines.map((line) => {
    const item = element("li");
    const said = element("span");
    // Odd parts are the names of slots.
    line.text.split(/\{([^}]*)\}/).forEach((part, index) => {
      said.append(index % 2 ? element("span", "slot", part) : document.createTextNode(part));
    });
    item.append(said, copyButton(line.text));
    return item;
  }));
}

function copyButton(content) {
  const button = element("button", "", "복사");
  button.type = "button";
  button.setAttribute("aria-label", `복사: ${content}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(content);
      button.textContent = "복사됨";
    } catch {
      button.textContent = "복사 안 됨";
    }
    setTimeout(() => { button.textContent = "복사"; }, 1500);
  });
  return button;
}

text.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(analyze, WAIT_MS);
});
for (const button of document.querySelectorAll(".examples button")) {
  button.addEventListener("click", () => {
    text.value = button.textContent;
    text.focus();
    clearTimeout(timer);
    analyze();
  });
}

// What came of the last edit of the lexicons, for whoever has just edited them.
const LEXICON_EVERY_MS = 5000;
const SHOWN_FINDINGS = 10;

async function showLexicon() {
  if (document.hidden) return;
  try {
    const response = await fetch("v1/lexicon");
    if (!response.ok) return;
    const { last_attempt: last, version } = await response.json();
    $("version").textContent = version;
    const failed = last && (last.outcome === "refused" || last.outcome === "unreadable");
    $("refused").hidden = !failed;
    if (!failed) return;
    const count = last.findings.length;
    $("refused-why").textContent = count
      ? `오류가 ${count}건 있어 먼저 읽은 사전이 계속 답합니다.`
      : "사전 폴더를 읽을 수 없어 먼저 읽은 사전이 계속 답합니다.";
    $("refused-findings").replaceChildren(...last.findings.slice(0, SHOWN_FINDINGS).map((finding) => {
      const item = element("li");
      item.append(
        element("code", "", `${finding.file}:${finding.line}:${finding.column} ${finding.code}`),
        document.createTextNode(` ${finding.message}`));
      if (finding.help) item.append(element("small", "", finding.help));
      return item;
    }));
  } catch {
    // The next message shows that the service is away.
  }
}

showLexicon();
setInterval(showLexicon, LEXICON_EVERY_MS);
if (text.value) analyze();
