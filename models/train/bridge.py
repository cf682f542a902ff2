"""Turns the labels of the public sets into soft labels of ours.

`train-real.tsv` holds rows of the public sets labelled by our guideline. A small regression per source learns from
them what a rating of 2, or 짜증 with 불평, means as a level of frustration and as a sentiment.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression

import labels

COLUMNS = [0, 1, 2, 3, 4, 5]  # the three frustration thresholds, the three sentiments


def fit(real, features):
    """real: the labelled Set of real texts; features: {(source, id): vector}. Returns {source: models}."""
    out = {}
    for source in ("kote", "kodoli", "nsmc"):
        rows = [i for i, k in enumerate(real.keys) if k[0] == source and (source, k[1]) in features]
        x = np.array([features[source, real.keys[i][1]] for i in rows])
        out[source] = []
        for c in COLUMNS:
            y = real.targets[rows, c] > 0.5
            out[source].append(LogisticRegression(C=0.3, max_iter=2000).fit(x, y) if 3 < y.sum() < len(y) - 3 else y.mean())
    return out


def apply(models, public, features):
    """Fills the frustration and sentiment targets of the public rows where they are unknown."""
    for source in sorted(set(public.sources)):
        name = source.split("_")[0]
        if name not in models:
            continue
        rows = np.flatnonzero(public.sources == source)
        x = np.array([features[source, public.keys[i]] for i in rows])
        p = np.stack([m.predict_proba(x)[:, 1] if hasattr(m, "predict_proba") else np.full(len(x), m) for m in models[name]], 1)
        p[:, 3:] /= p[:, 3:].sum(1, keepdims=True)
        public.targets[np.ix_(rows, COLUMNS)] = p
