"""Calibrates on out-of-fold predictions and writes the model folder, its figures and the out-of-fold table."""

import hashlib
import json
import time

import numpy as np
import onnx
import onnxruntime
from scipy.optimize import minimize
from sklearn.metrics import cohen_kappa_score, f1_score, roc_auc_score

import corpus
import export
import labels
import learn
import measure

MAX_LENGTH = 512
# For the polarity of reviews, what the two parts are multiplied by: found on every second held-out review, measured on the others.
REVIEW_SHARES = np.array([1.0, 1.2], np.float32)
GROUPS = {"frustration": labels.FRUSTRATION, "sentiment": labels.SENTIMENT, "signals": labels.SIGNAL, "action": labels.ACTION}


def mix(net, linear, targets, sources):
    """For each head, what the two parts are multiplied by before they are added: the likeliest on rows neither saw."""
    weight = np.where(sources == "own", 0.5 / (sources == "own").sum(), 0.5 / (sources != "own").sum())[:, None]
    out = np.zeros((2, linear.shape[1]), np.float32)
    for s in GROUPS.values():
        x, w, y = net[:, s], linear[:, s], targets[:, s]

        def cost(v, x=x, w=w, y=y, s=s):
            z = v[0] * x + v[1] * w
            if s in labels.SOFTMAX:
                z = z - z.max(1, keepdims=True)
                return -(weight * y * (z - np.log(np.exp(z).sum(1, keepdims=True)))).sum()
            return (weight * (np.logaddexp(0, z) - y * z)).sum()

        out[:, s] = np.maximum(minimize(cost, [0.5, 0.5], method="Nelder-Mead").x, 0)[:, None]
    return out


def mixed(net, linear, shares, heads):
    z = net.copy()
    z[:, heads] = shares[0] * net[:, heads] + shares[1] * linear
    return z


def neutral_rows(held):
    return np.flatnonzero(np.isin(held.sources, ("stylekqc", "kochat")))


def spread(t):
    v = np.ones(labels.N, np.float32)
    for name, s in GROUPS.items():
        v[s] = t[name]
    return v


def level_thresholds(p, truth, sources, calm):
    """Thresholds with the best mean kappa and F1 over our messages and real texts, found by coordinate search.

    `calm` are the probabilities of calm requests: more than 1 % of them at level 1 or 0.3 % at level 2 costs score.
    """
    grid, best = np.arange(0.2, 0.71, 0.02), [0.5, 0.5, 0.5]

    def score(t):
        guess = measure.level(p, np.array(t))
        kappa = [cohen_kappa_score(truth[m], guess[m], weights="quadratic") for m in (sources == "own", sources == "real")]
        f = [f1_score(truth[m] >= 2, guess[m] >= 2) for m in (sources == "own", sources == "real")]
        alarms = measure.level(calm, np.array(t))
        cost = 10 * max(0, (alarms >= 1).mean() - 0.01) + 10 * max(0, (alarms >= 2).mean() - 0.003)
        return np.mean(kappa) + 0.5 * np.mean(f) - cost

    for _ in range(3):
        for k in range(3):
            best[k] = max(grid, key=lambda g: score(best[:k] + [g] + best[k + 1 :]))
    return [round(float(b), 2) for b in best]


def signal_thresholds(p, y):
    """The best F1 for each signal, drawn towards 0.42 where examples are few."""
    grid, out = np.arange(0.14, 0.71, 0.02), []
    for k in range(p.shape[1]):
        best = max(grid, key=lambda g: f1_score(y[:, k] > 0.5, p[:, k] >= g, zero_division=0))
        n = (y[:, k] > 0.5).sum()
        out.append(round(float((n * best + 60 * 0.42) / (n + 60)), 2))
    return out


def calibrate(logits, targets, sources, calm):
    t = dict.fromkeys(GROUPS, 1.0)  # the mix has set the scale already
    p = measure.probabilities(logits, spread(t))
    truth = corpus.levels(targets)
    return {
        "temperature": t,
        "levels": level_thresholds(p[:, labels.FRUSTRATION], truth, sources, measure.probabilities(calm)[:, labels.FRUSTRATION]),
        "signals": signal_thresholds(p[:, labels.SIGNAL], targets[:, labels.SIGNAL]),
    }


def contract(c):
    """The text of nunchi.toml."""
    t = c["temperature"]
    lines = [
        "# How the logits of model.onnx become frustration, sentiment and signals.",
        "# probability = sigmoid(logit / temperature) or softmax(logits / temperature) over the labels of the head.",
        'name = "nunchi-small"',
        "# Shorter texts (네, 취소, ?) say too little: the lexicon alone reads them.",
        "min_characters = 4",
        "# To shorter texts (화가 나네요) the model adds; it takes nothing from what the lexicon found.",
        "denies_from = 8",
        "# Heads of the training that the service does not read.",
        f"ignored = {json.dumps(labels.NAMES[labels.ACTION.start:])}",
        "",
        "[frustration]",
        '# Ordinal: label k is the logit of "level at least k". Where a probability exceeds the one before it, take the',
        "# lesser. The level is the number of probabilities that reach their threshold.",
        'kind = "ordinal"',
        f"labels = {json.dumps(labels.NAMES[labels.FRUSTRATION])}",
        f"temperature = {t['frustration']}",
        f"thresholds = {c['levels']}",
        "",
        "[sentiment]",
        'kind = "softmax"',
        f"temperature = {t['sentiment']}",
        "labels = { " + ", ".join(f'{s} = "sentiment_{s}"' for s in labels.SENTIMENTS) + " }",
        "",
        "[signals]",
        'kind = "sigmoid"',
        f"temperature = {t['signals']}",
        "",
        "[signals.labels]",
    ]
    lines += [f'{s} = {{ label = "signal_{s}", threshold = {x} }}' for s, x in zip(labels.SIGNALS, c["signals"])]
    return "\n".join(lines) + "\n"


def folder(net, vocabulary, calibration, out, wide=None, shares=None):
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(export.build(net, vocabulary, wide, shares), str(out / "model.onnx"))
    vocabulary.tokenizer(MAX_LENGTH).save(str(out / "tokenizer.json"), pretty=False)
    config = {
        "architectures": ["NunchiSmall"],
        "model_type": "nunchi-small",
        "problem_type": "multi_label_classification",
        "num_labels": labels.N,
        "id2label": {str(i): n for i, n in enumerate(labels.NAMES)},
        "label2id": {n: i for i, n in enumerate(labels.NAMES)},
        "pad_token_id": 0,
        "max_position_embeddings": MAX_LENGTH,
        "vocab_size": len(vocabulary.tokens),
    }
    (out / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n")
    (out / "nunchi.toml").write_text(contract(calibration))


def checksums(out):
    names = sorted(p.name for p in out.iterdir() if p.is_file() and p.name != "SHA256SUMS")
    text = "".join(f"{hashlib.sha256((out / n).read_bytes()).hexdigest()}  {n}\n" for n in names)
    (out / "SHA256SUMS").write_text(text)


class Runner:
    """The exported folder as the service runs it: tokenizer.json and model.onnx, nothing else."""

    def __init__(self, out):
        from tokenizers import Tokenizer

        o = onnxruntime.SessionOptions()
        o.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(out / "model.onnx"), o, providers=["CPUExecutionProvider"])
        self.tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))

    def logits(self, texts, size=64):
        result = np.zeros((len(texts), labels.N), np.float32)
        order = np.argsort([len(t) for t in texts], kind="stable")
        for a in range(0, len(order), size):
            part = order[a : a + size]
            e = self.tokenizer.encode_batch([texts[i] for i in part])
            feed = {"input_ids": [x.ids for x in e], "attention_mask": [x.attention_mask for x in e]}
            result[part] = self.session.run(None, {k: np.array(v, np.int64) for k, v in feed.items()})[0]
        return result

    def latency(self, text, runs=2000):
        times = []
        for _ in range(runs):
            t = time.perf_counter()
            ids = np.array([self.tokenizer.encode(text).ids], np.int64)
            self.session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
            times.append(time.perf_counter() - t)
        return {"median_us": round(float(np.median(times)) * 1e6), "p99_us": round(float(np.quantile(times, 0.99)) * 1e6)}


def best_f1(truth, score):
    order = np.argsort(-score)
    hits = np.cumsum(truth[order])
    return float((2 * hits / (np.arange(1, len(truth) + 1) + truth.sum())).max())


def report(runner, calibration, dev, held):
    """Every figure of the model card, measured on the exported files."""
    t, levels, signals = spread(calibration["temperature"]), np.array(calibration["levels"]), np.array(calibration["signals"])
    out = {}
    for name, d in dev.items():
        out[name] = measure.figures(measure.probabilities(runner.logits(d.texts), t), d.targets, levels, signals)
    z = runner.logits(held.texts)
    guess = measure.level(measure.probabilities(z, t)[:, labels.FRUSTRATION], levels)
    tested = np.zeros(len(guess), bool)
    tested[neutral_rows(held)[1::2]] = True  # the other half set the thresholds
    for source in ("stylekqc", "kochat"):
        g = guess[tested & (held.sources == source)]
        out[source] = {"rows": len(g), "level_1": round(float((g >= 1).mean()), 5), "level_2": round(float((g >= 2).mean()), 5)}
    m = np.zeros(len(guess), bool)
    m[np.flatnonzero(held.sources == "nsmc")[1::2]] = True
    out["nsmc"] = {"rows": int(m.sum()), "accuracy": round(float(((z[m, labels.REVIEW] > 0) == (held.targets[m, labels.REVIEW] > 0.5)).mean()), 4)}
    m = held.sources == "kote"
    for k, name in ((0, "불평/불만"), (6, "화남/분노"), (22, "짜증")):
        y, s = held.targets[m, labels.EMOTION.start + k] > 0.5, z[m, labels.EMOTION.start + k]
        out[f"kote {name}"] = {"rows": int(m.sum()), "auc": round(float(roc_auc_score(y, s)), 4), "best_f1": round(best_f1(y, s), 4)}
    out["latency, 30 syllables"] = runner.latency("아니 몇 번을 말해야 알아들으시는 건가요 정말 너무 답답하네요")
    return out


def write(stage, out):
    students = [stage.distil(f) for f in range(stage.folds + 1)]
    n = len(stage.fold)
    unseen = lambda parts: np.array([parts[stage.fold[i]][i] for i in range(n)])  # noqa: E731
    every = stage.encode(stage.ours.texts)
    net_z, wide_z = unseen([z for _, z in students[:-1]]), unseen([stage.linear(f).predict(every) for f in range(stage.folds)])
    targets, sources = stage.ours.targets, stage.ours.sources
    shares = mix(net_z, wide_z, targets, sources)
    logits = mixed(net_z, wide_z, shares, np.arange(wide_z.shape[1]))
    net, wide = stage.network("student", students[-1][0]), stage.linear(stage.folds).with_reviews(*stage.reviews())
    shares = np.c_[shares, REVIEW_SHARES]
    rounded, wide_rounded = dequantized(net), wide.rounded()
    together = lambda ids: mixed(learn.predict(rounded, ids), wide_rounded.predict(ids), shares, wide.heads)  # noqa: E731
    calm = stage.encode([stage.held.texts[i] for i in neutral_rows(stage.held)[::2]])
    c = calibrate(logits, targets, sources, together(calm))
    folder(net, stage.vocabulary, c, out, wide, shares)
    runner = Runner(out)
    texts = stage.dev["dev-real"].texts + stage.dev["dev-messages"].texts
    ids = stage.encode(texts, MAX_LENGTH)
    difference = np.abs(runner.logits(texts) - together(ids))
    p = measure.probabilities(logits, spread(c["temperature"]))
    levels, signals = np.array(c["levels"]), np.array(c["signals"])
    r = {"mix": {k: [round(float(x), 3) for x in shares[:, s.start]] for k, s in GROUPS.items()}}
    r["out of fold"] = {s: measure.figures(p[m], targets[m], levels, signals) for s in ("own", "real") for m in [sources == s]}
    r |= report(runner, c, stage.dev, stage.held)
    r["exported against trained, greatest difference"] = round(float(difference.max()), 5)
    (out / "figures.json").write_text(json.dumps(r, ensure_ascii=False, indent=1) + "\n")
    table(stage, p, stage.work / "oof.tsv")
    checksums(out)
    print(json.dumps(r, ensure_ascii=False, indent=1))


def dequantized(net):
    """The network with its tables rounded as in the exported file."""
    import copy

    import torch

    net = copy.deepcopy(net)
    for e in net.table.values():
        q, scale = export.quantize(e.weight.detach().numpy())
        e.weight.data = torch.from_numpy(q * scale)
    return net


def table(stage, p, path):
    """Out-of-fold probabilities for every labelled row, to fit a fusion without leakage."""
    cumulative = measure.at_least(p[:, labels.FRUSTRATION])
    edges = np.concatenate([np.ones((len(p), 1)), cumulative, np.zeros((len(p), 1))], 1)
    columns = np.concatenate([edges[:, :-1] - edges[:, 1:], p[:, labels.SENTIMENT], p[:, labels.SIGNAL], p[:, labels.ACTION]], 1)
    names = [f"level_{k}" for k in range(4)] + labels.NAMES[labels.SENTIMENT] + labels.NAMES[labels.SIGNAL] + labels.NAMES[labels.ACTION]
    with open(path, "w", encoding="utf-8") as f:
        f.write("\t".join(["text", "source", "id", "fold", *names]) + "\n")
        for i, row in enumerate(columns):
            f.write("\t".join([stage.raw[i], stage.ours.sources[i], stage.ours.keys[i][2], str(stage.fold[i]), *(f"{x:.5f}" for x in row)]) + "\n")


def main():
    """Measures the committed folder on the development files and the held-out parts of the public sets."""
    import argparse
    import pathlib
    import tomllib

    from train import HERE, Stage

    p = argparse.ArgumentParser(description=main.__doc__)
    p.add_argument("--data", required=True)
    p.add_argument("--model", default=str(HERE.parent / "nunchi-small"))
    p.add_argument("--work", default=str(HERE / "work"))
    o = p.parse_args()
    out = pathlib.Path(o.model)
    t = tomllib.loads((out / "nunchi.toml").read_text())
    calibration = {
        "temperature": {g: t.get(g, {}).get("temperature", 1.0) for g in GROUPS},
        "levels": t["frustration"]["thresholds"],
        "signals": [t["signals"]["labels"][s]["threshold"] for s in labels.SIGNALS],
    }
    stage = Stage(o)
    stage.corpus()
    print(json.dumps(report(Runner(out), calibration, stage.dev, stage.held), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
