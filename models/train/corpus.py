"""Reads the data sets into one table of texts with targets; absent targets are NaN."""

import collections
import csv
import gzip
import hashlib
import itertools
import pathlib

import numpy as np

import labels
from chars import normalize

csv.field_size_limit(1 << 24)


def table(path):
    path = pathlib.Path(path)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def held_out(key, parts):
    """A stable split that does not depend on order: one key in `parts` is held out."""
    return int(hashlib.md5(str(key).encode()).hexdigest()[:8], 16) % parts == 0


class Set:
    """Texts, targets (NaN where unknown), and a name for every row's source."""

    def __init__(self):
        self.texts, self.targets, self.sources, self.keys = [], [], [], []

    def add(self, text, source, key, **values):
        y = np.full(labels.N, np.nan, np.float32)
        for slot, value in values.items():
            y[getattr(labels, slot)] = value
        self.texts.append(normalize(text))
        self.targets.append(y)
        self.sources.append(source)
        self.keys.append(key)

    def close(self):
        self.targets = np.array(self.targets)
        self.sources = np.array(self.sources)
        return self

    def take(self, index):
        s = Set()
        s.texts = [self.texts[i] for i in index]
        s.keys = [self.keys[i] for i in index]
        s.targets, s.sources = self.targets[index], self.sources[index]
        return s


def one_hot(value, names):
    return [float(value == n) for n in names]


def labelled(*tables):
    """Messages labelled by the guideline."""
    s = Set()
    for r in itertools.chain(*tables):
        level, marks = int(r["frustration"]), set(r["signals"].split(","))
        s.add(
            r["text"], "real" if "source" in r else "own", (r.get("source"), r.get("source_id"), r["id"]),
            FRUSTRATION=[float(level >= k) for k in (1, 2, 3)],
            SENTIMENT=one_hot(r["sentiment"], labels.SENTIMENTS),
            SIGNAL=[float(c in marks) for c in labels.SIGNALS],
            ACTION=one_hot(r["action"], labels.ACTIONS),
        )
    return s.close()


PUBLIC_FILES = {"kote": "kote.val.tsv", "kodoli": "kodoli.train.tsv.gz", "nsmc": "nsmc.train.tsv.gz"}


def labelled_public(path, folder):
    """Rows of the public sets that we labelled: the file has source, number and labels, the text stays in its set."""
    texts = {(n, r["id"]): r["text"] for n, f in PUBLIC_FILES.items() for r in table(pathlib.Path(folder) / f)}
    rows = [r | {"id": f"{r['source']}-{r['source_id']}"} for r in table(path)]
    return [r | {"text": texts[r["source"], r["source_id"]]} for r in rows]


def levels(targets):
    return np.nan_to_num(targets[:, labels.FRUSTRATION]).sum(1).astype(int)


RATING = {5: 0.25, 6: 0.4, 7: 0.55, 8: 0.75}


def public(folder, excluded_ids, excluded_texts):
    """The public sets, without the excluded rows. Returns (train, held-out)."""
    folder = pathlib.Path(folder)
    train, held = Set(), Set()
    seen = set(excluded_texts)

    def put(text, source, key, hold, **values):
        t = normalize(text)
        if not t or t in seen or (source.split("_")[0], str(key)) in excluded_ids:
            return
        seen.add(t)
        (held if hold else train).add(text, source, key, **values)

    none = dict(
        FRUSTRATION=0.0, SENTIMENT=[0, 1, 0], SIGNAL=0.0, ACTION=[1, 0, 0, 0, 0], CURSE=0.0, ABUSE=0.0
    )
    for r in table(folder / "stylekqc.train.tsv.gz"):
        n = int(r["id"].split("_")[1])
        put(r["text"], "stylekqc", r["id"], held_out(n // 100, 10), **none)
    for r in table(folder / "kochat_intent.tsv.gz"):
        put(r["text"], "kochat", r["id"], r["hash_split"] != "train", **none)
    for r in table(folder / "kote.val.tsv"):
        y = np.zeros(labels.KOTE, np.float32)
        y[[int(i) for i in r["labels"].split(",") if i]] = 1
        put(r["text"], "kote", r["id"], held_out(r["id"], 5), EMOTION=y)
    for r in table(folder / "kodoli.train.tsv.gz"):
        put(
            r["text"], "kodoli", r["id"], False, ABUSE=float(r["abuse"] == "ABS"),
            OFFENSIVE={"NOT": 0.0, "LIKELY": 0.5}.get(r["offensiveness"], 1.0),
            OPINION=one_hot(r["sentiment"], ["NEG", "NEU", "POS"]),
        )
    for r in table(folder / "curse.train.tsv"):
        put(r["text"], "curse", r["id"], False, CURSE=float(r["curse"]))
    for r in table(folder / "nsmc.train.tsv.gz"):
        if r["text_in_official_test"] != "1":
            put(r["text"], "nsmc", r["id"], held_out(r["id"], 20), REVIEW=float(r["label"]))
    for r in table(folder / "nsmc_extra.train.tsv.gz"):
        rating = int(r["rating"])
        put(r["text"], "nsmc_extra", r["id"], False, REVIEW=RATING.get(rating, float(rating > 8)))
    return train.close(), held.close()


def public_features(folder):
    """What the public sets say of each row, to learn what their labels mean in ours."""
    folder = pathlib.Path(folder)
    out = {}
    for r in table(folder / "kote.val.tsv"):
        y = np.zeros(labels.KOTE, np.float32)
        y[[int(i) for i in r["labels"].split(",") if i]] = 1
        out["kote", r["id"]] = y
    for r in table(folder / "kodoli.train.tsv.gz"):
        out["kodoli", r["id"]] = np.array(
            one_hot(r["sentiment"], ["NEG", "NEU", "POS"]) + one_hot(r["abuse"], ["ABS", "NON"])
            + one_hot(r["offensiveness"], ["NOT", "LIKELY"]), np.float32)
    for r in table(folder / "nsmc.train.tsv.gz"):
        out["nsmc", r["id"]] = rating_features(int(r["rating"]))
    for r in table(folder / "nsmc_extra.train.tsv.gz"):
        out["nsmc_extra", r["id"]] = rating_features(int(r["rating"]))
    return out


def rating_features(r):
    return np.array([r, r == 1, r <= 2, r <= 4, r <= 6, r <= 8, r == 10], np.float32)


def counts(*sets):
    c = collections.Counter()
    for s in sets:
        for t in s.texts:
            c.update(t)
    return c
