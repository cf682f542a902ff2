"""Small trials of several encoders under one budget: `python compare.py --data DIR`.

Each is pre-trained on the same 30,000 public texts for one epoch, fine-tuned on four fifths of our labels for two,
and measured on the last fifth. The figures say which shape learns most from little; they are far below the shipped one's.
"""

import argparse
import time

import numpy as np
import onnxruntime
import torch
from sklearn.metrics import roc_auc_score

import labels
import learn
from export import build
from network import Attention, Network, Shape
from train import HERE, SMALL, Stage

SYLLABLE = {k: v for k, v in SMALL.items() if k[0] == "s"}
JAMO = {k: v for k, v in SMALL.items() if k[0] != "s"}


TRIALS = {
    "bag of syllable and jamo n-grams": (Network, Shape(tables=SMALL, depth=0)),
    "characters, convolution": (Network, Shape(tables={}, syllable=0, jamo=0)),
    "syllable and jamo n-grams, convolution of 3": (Network, Shape(tables=SMALL)),
    "syllable and jamo n-grams, convolution of 5, wider tables (shipped)": (Network, Shape(tables=SMALL, width=5, syllable=48, jamo=48)),
    "syllable and jamo n-grams, two attention layers": (Attention, Shape(tables=SMALL)),
    "syllable n-grams, convolution of 3": (Network, Shape(tables=SYLLABLE, jamo=0)),
    "jamo n-grams, convolution of 3": (Network, Shape(tables=JAMO, syllable=0)),
    "syllable and jamo n-grams, two convolutions of 3": (Network, Shape(tables=SMALL, depth=2)),
}


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", required=True)
    p.add_argument("--work", default=str(HERE / "work"))
    p.add_argument("--texts", type=int, default=30_000)
    o = p.parse_args()
    torch.set_num_threads(1)
    stage = Stage(o)
    stage.corpus()
    rng = np.random.default_rng(5)
    rows = rng.permutation(stage.sample(rng, nsmc=0.55, kodoli=1, kote=3, curse=1, stylekqc=0.2, kochat=0.2))[: o.texts]
    public = learn.Rows(stage.encode([stage.public.texts[i] for i in rows]), stage.public.targets[rows])
    inside, outside = np.flatnonzero(stage.fold != 0), np.flatnonzero(stage.fold == 0)
    ids = stage.encode([stage.ours.texts[i] for i in outside])
    y, s = stage.ours.targets[outside], stage.ours.sources[outside]
    hold = np.flatnonzero(stage.held.sources == "nsmc")
    reviews = stage.encode([stage.held.texts[i] for i in hold])
    print("| encoder | parameters | NSMC | ours, AUC at level 2 | real, AUC at level 2 | ONNX, 32 characters |\n|---|---|---|---|---|---|")
    for name, (kind, shape) in TRIALS.items():
        torch.manual_seed(5)
        net = kind(stage.vocabulary, shape)
        learn.train(net, public, 1, 2e-3, 8e-3, size=256, seed=5, log=None)
        z = learn.predict(net, reviews)[:, labels.REVIEW] > 0
        accuracy = (z == (stage.held.targets[hold, labels.REVIEW] > 0.5)).mean()
        stage.tune(net, inside, 2, 5, 2e-3)
        p = learn.predict(net, ids)[:, 1]
        auc = [roc_auc_score(y[s == q, 1], p[s == q]) for q in ("own", "real")]
        print(f"| {name} | {size(net):.2f} M | {accuracy:.4f} | {auc[0]:.3f} | {auc[1]:.3f} | {latency(net, stage)} |", flush=True)


def size(net):
    return sum(w.numel() for w in net.parameters()) / 1e6


def latency(net, stage):
    """Median of the exported graph on 32 characters, one thread."""
    if isinstance(net, Transformer):
        return "-"
    o = onnxruntime.SessionOptions()
    o.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(build(net, stage.vocabulary).SerializeToString(), o)
    ids, times = np.arange(100, 132)[None], []
    for _ in range(1000):
        t = time.perf_counter()
        session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        times.append(time.perf_counter() - t)
    return f"{np.median(times) * 1e6:.0f} µs"


if __name__ == "__main__":
    main()
