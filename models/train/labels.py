"""The heads of the model: one flat list of logits, shared by training, export and the runtime's nunchi.toml."""

SIGNALS = (
    "anger disappointment sarcasm waiting repetition runaround bot_failure usability product_fault broken_promise "
    "churn formal_complaint agent_request profanity insult threat sexual_harassment crisis emoticon gratitude"
).split()
SENTIMENTS = ["negative", "neutral", "positive"]
ACTIONS = ["none", "apologize", "offer", "transfer", "priority"]
KOTE = 44

FRUSTRATION = slice(0, 3)
SENTIMENT = slice(3, 6)
SIGNAL = slice(6, 26)
ACTION = slice(26, 31)
EMOTION = slice(31, 75)
REVIEW, ABUSE, OFFENSIVE, CURSE = 75, 76, 77, 78
OPINION = slice(79, 82)
N = 82

SOFTMAX = [SENTIMENT, ACTION, OPINION]
SIGMOID = [i for i in range(N) if not any(s.start <= i < s.stop for s in SOFTMAX)]

NAMES = (
    [f"frustration_ge_{k}" for k in (1, 2, 3)]
    + [f"sentiment_{s}" for s in SENTIMENTS]
    + [f"signal_{s}" for s in SIGNALS]
    + [f"action_{a}" for a in ACTIONS]
    + [f"kote_{i:02}" for i in range(KOTE)]
    + ["review_positive", "abuse", "offensive", "curse"]
    + [f"opinion_{s}" for s in SENTIMENTS]
)
assert len(NAMES) == N
