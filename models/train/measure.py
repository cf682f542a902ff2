"""The figures that are reported."""

import numpy as np
from sklearn.metrics import cohen_kappa_score, f1_score, roc_auc_score

import labels


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def at_least(probability):
    """Cumulative probabilities made monotone."""
    return np.minimum.accumulate(probability, 1)


def level(probability, thresholds):
    return (at_least(probability) >= thresholds).sum(1)


def figures(probability, targets, thresholds, signal_thresholds):
    """probability: all heads as probabilities."""
    truth = targets[:, labels.FRUSTRATION].sum(1).astype(int)
    p = probability[:, labels.FRUSTRATION]
    guess = level(p, thresholds)
    out = {
        "qwk": cohen_kappa_score(truth, guess, weights="quadratic"),
        "f1_2": f1_score(truth >= 2, guess >= 2),
        "auc_2": roc_auc_score(truth >= 2, p[:, 1]),
        "auc_1": roc_auc_score(truth >= 1, p[:, 0]),
        "sentiment": (probability[:, labels.SENTIMENT].argmax(1) == targets[:, labels.SENTIMENT].argmax(1)).mean(),
        "action": (probability[:, labels.ACTION].argmax(1) == targets[:, labels.ACTION].argmax(1)).mean(),
        "signals_micro_f1": f1_score(targets[:, labels.SIGNAL] > 0.5, probability[:, labels.SIGNAL] >= signal_thresholds, average="micro", zero_division=0),
    }
    return {k: round(float(v), 4) for k, v in out.items()}


def probabilities(logits, temperatures=None):
    t = np.ones(labels.N) if temperatures is None else temperatures
    z = logits / t
    out = sigmoid(z)
    for s in labels.SOFTMAX:
        e = np.exp(z[:, s] - z[:, s].max(1, keepdims=True))
        out[:, s] = e / e.sum(1, keepdims=True)
    return out
