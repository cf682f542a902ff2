"""Fits the layer that fuses model and lexicon, and writes it into nunchi.toml as [fusion].

    cargo build --release
    python fuse.py --data DIR --nunchi ../../target/release/nunchi

Model side: the out-of-fold probabilities of work/oof.tsv. Lexicon side: `nunchi analyze --evidence` on the same texts. The
weights of the lexicon were fitted on train-01…07 and train-real, so on those rows it looks better than it is; the rows that it
never saw (train-08…11, real-labels) count FRESH times as much. Each layer is a logistic regression; what has to reach a
threshold is shifted so that the threshold is 0. False alarms are weighed on one half of the held-out calm requests; the other
half is measured. No development row is read.
"""

import argparse
import json
import pathlib
import re
import subprocess

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.metrics import cohen_kappa_score, f1_score

import corpus
import labels
import measure
from package import Runner, checksums, neutral_rows
from train import HERE, Stage

FRESH = 2.0
CERTAINTY = 1e-4  # as the service holds probabilities of signals away from 0 and 1
HELD = 0.03  # the same for levels: a model that was never wrong in training is not that sure elsewhere
LOWERS_BY = 1  # how many levels the model may take from that of the lexicon
POINTS = (-2.5, 6.0)
RIDGE = 0.002
HEADING = "# How this model is fused with the lexicon"
SEEN = re.compile(r"t0[1-7]-|tr-")  # rows that the weights of the lexicon were fitted on
GRID = np.arange(0.2, 0.81, 0.01)


def logit(p, certainty=CERTAINTY):
    p = np.clip(p, certainty, 1 - certainty)
    return np.log(p / (1 - p))


def lexicon(binary, texts):
    """What the lexicon alone says of each text."""
    lines = "\n".join(re.sub(r"[\r\n\x0b\x0c\x85\u2028\u2029]", " ", t) or "." for t in texts) + "\n"
    run = subprocess.run([binary, "analyze", "--evidence", "--classifier", "off"], input=lines, text=True, capture_output=True, check=True)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(rows) == len(texts)
    signals = np.array([[r["signal_scores"].get(s, 0.0) for s in labels.SIGNALS] for r in rows])
    level = np.array([r["level"] for r in rows])
    return np.clip([r["points"] for r in rows], *POINTS), np.array([r["sentiment_score"] for r in rows]), signals, level


def model(probabilities):
    """Logits of the levels, logarithms of the sides, logits of the signals."""
    levels, sides, signals = probabilities
    return logit(levels, HELD), np.log(np.maximum(sides, CERTAINTY)), logit(signals)


def fit(x, y, weight, bounds):
    """Logistic regression with a little ridge and bounds on the coefficients; the first column is the bias."""

    def cost(v):
        z = x @ v
        grad = x.T @ (weight * (expit(z) - y)) + RIDGE * np.r_[0, v[1:]]
        return (weight * (np.logaddexp(0, z) - y * z)).sum() + RIDGE * (v[1:] ** 2).sum() / 2, grad

    return minimize(cost, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x


def sides_layer(score, sides, y, weight):
    """bias and lexicon for each side, one share of the model for all."""

    def scores(v):
        z = v[:3] + np.outer(score, v[3:6]) + v[6] * sides
        return z - np.logaddexp.reduce(z, axis=1, keepdims=True)

    best = minimize(lambda v: -(weight[:, None] * y * scores(v)).sum() + RIDGE * (v**2).sum(), np.r_[0, 0, 0, -1, 0, 1, 1.0]).x
    return best[:3] - best[1], best[3:6] - best[4], best[6]


def level_thresholds(z, truth, own, weight, calm, found, found_calm):
    """Of logits: the thresholds, as probabilities, with the best kappa and F1 over our messages and real texts; false alarms cost."""
    level = lambda q, t, own: np.maximum((np.minimum.accumulate(q - logit(t), 1) >= 0).sum(1), own - LOWERS_BY)  # noqa: E731

    def score(t):
        guess, alarms = level(z, t, found), level(calm, t, found_calm)
        parts = [(m, weight[m]) for m in (own, ~own)]
        kappa = np.mean([cohen_kappa_score(truth[m], guess[m], weights="quadratic", sample_weight=w) for m, w in parts])
        f = np.mean([f1_score(truth[m] >= 2, guess[m] >= 2, sample_weight=w) for m, w in parts])
        return kappa + 0.5 * f - 10 * max(0, (alarms >= 1).mean() - 0.007) - 10 * max(0, (alarms >= 2).mean() - 0.0015)

    best = [0.5] * 3
    for _ in range(3):
        for k in range(3):
            best[k] = max(GRID[::2], key=lambda g: score(np.array(best[:k] + [g] + best[k + 1 :])))
    return np.array(best)


def balanced(own, fresh):
    """Our messages and real texts weigh the same; rows that the lexicon never saw weigh more."""
    w = np.where(fresh, FRESH, 1.0)
    return np.where(own, w / w[own].sum(), w / w[~own].sum()) / 2


def layers(lex, mod, y, own, fresh, calm):
    points, score, found, own_level = lex
    level_logits, sides, signal_logits = mod
    weight = balanced(own, fresh)
    one = np.ones((len(points), 1))
    x = np.c_[one, points, level_logits]
    free, rising = (None, None), (0, None)
    rows = np.array([fit(x, y["level"] > k, weight, [free, rising, free, free, free]) for k in range(3)])
    calm_x = np.c_[np.ones((len(calm[0][0]), 1)), calm[0][0], calm[1][0]]
    t = level_thresholds(x @ rows.T, y["level"], own, weight, calm_x @ rows.T, own_level, calm[0][3])
    rows[:, 0] -= logit(t)
    bias, by_score, by_model = sides_layer(score, sides, y["sides"], weight)
    signals = {}
    for k, name in enumerate(labels.SIGNALS):
        x = np.c_[one, found[:, k], signal_logits[:, k]]
        v = fit(x, y["signals"][:, k], weight, [free, rising, rising])
        p, truth = expit(x @ v), y["signals"][:, k]
        best = max(GRID, key=lambda g: f1_score(truth, p >= g, sample_weight=weight, zero_division=0))
        # few examples draw the threshold towards a common one
        t = (truth.sum() * best + 60 * 0.42) / (truth.sum() + 60)
        signals[name] = [v[0] - logit(t), v[1], v[2]]
    return rows, (bias, by_score, by_model), signals


def toml(rows, sides, signals):
    r = lambda values: json.dumps([round(float(v), 3) + 0.0 for v in np.ravel(values)])  # noqa: E731
    lines = [
        f"{HEADING}, written by models/train/fuse.py. Every figure is a logit:",
        "# bias + lexicon × (points, sentiment score or signal probability of the lexicon) + classifier × logit(probability).",
        "# A level or a signal holds from 0 on.",
        "[fusion.frustration]",
        f"points = {r(POINTS)}  # the least and the most points that count",
        f"certainty = {HELD}  # probabilities are held this far from 0 and 1",
        f"lowers_by = {LOWERS_BY}  # how many levels the model may take from that of the lexicon",
        f"bias = {r(rows[:, 0])}  # for level >= 1, 2, 3",
        f"lexicon = {r(rows[:, 1])}",
        f"classifier = [{', '.join(r(row[2:]) for row in rows)}]  # for each, times the logits of at least 1, 2, 3",
        "",
        "[fusion.sentiment]",
        f"bias = {r(sides[0])}  # negative, neutral, positive",
        f"lexicon = {r(sides[1])}",
        f"classifier = {round(float(sides[2]), 3)}",
        "",
        "[fusion.signals]",
    ]
    for name, (bias, found, said) in signals.items():
        lines.append(f"{name} = {{ bias = {bias:.3f}, lexicon = {found:.3f}, classifier = {said:.3f} }}")
    return "\n".join(lines) + "\n"


def columns(rows, names):
    return np.array([[float(r[n]) for n in names] for r in rows])


def write(stage, out, binary):
    """Fits the layer and appends it to nunchi.toml of the model folder."""
    rows = corpus.table(stage.work / "oof.tsv")
    levels = columns(rows, [f"level_{k}" for k in range(4)])
    at_least = np.cumsum(levels[:, ::-1], 1)[:, ::-1][:, 1:]
    mod = model((at_least, columns(rows, labels.NAMES[labels.SENTIMENT]), columns(rows, labels.NAMES[labels.SIGNAL])))
    targets = stage.ours.targets
    assert len(rows) == len(targets)
    y = {"level": corpus.levels(targets), "sides": targets[:, labels.SENTIMENT], "signals": targets[:, labels.SIGNAL] > 0.5}
    own = stage.ours.sources == "own"
    fresh = np.array([not SEEN.match(r["id"]) for r in rows])
    texts = [stage.held.texts[i] for i in neutral_rows(stage.held)[::2]]
    q = measure.probabilities(Runner(out).logits(texts))
    said = model((measure.at_least(q[:, labels.FRUSTRATION]), q[:, labels.SENTIMENT], q[:, labels.SIGNAL]))
    fitted = layers(lexicon(binary, [r["text"] for r in rows]), mod, y, own, fresh, (lexicon(binary, texts), said))
    path = out / "nunchi.toml"
    text = path.read_text().split(HEADING, 1)[0].rstrip() + "\n\n" + toml(*fitted)
    path.write_text(text)
    checksums(out)
    print(text[text.index("[fusion.frustration]") :])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--nunchi", required=True, help="the built program")
    p.add_argument("--model", default=str(HERE.parent / "nunchi-small"))
    p.add_argument("--work", default=str(HERE / "work"))
    o = p.parse_args()
    stage = Stage(o)
    stage.corpus()
    write(stage, pathlib.Path(o.model), o.nunchi)


if __name__ == "__main__":
    main()
