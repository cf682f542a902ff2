// The codes of the service, in the order of the guideline. Colours are in signals.css.

export const SIGNALS = [
  "anger",
  "disappointment",
  "sarcasm",
  "waiting",
  "repetition",
  "runaround",
  "bot_failure",
  "usability",
  "product_fault",
  "broken_promise",
  "churn",
  "formal_complaint",
  "agent_request",
  "profanity",
  "insult",
  "threat",
  "sexual_harassment",
  "crisis",
  "emoticon",
  "gratitude",
];
export const CLASSES = [
  "noun",
  "verb",
  "adjective",
  "하다",
  "ㅂ",
  "ㄷ",
  "ㅅ",
  "르",
  "ㅎ",
  "으",
  "regular",
  "phrase",
  "emoticon",
  "exact",
];
export const PLACES = ["eojeol-start", "anywhere", "whole-eojeol", "whole-message"];
export const DIMENSIONS = ["waiting", "online", "product", "expectation", "retention"];
