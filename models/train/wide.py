"""The linear part: hashed n-grams of syllables and jamo, weighted by inverse document frequency, logistic regression.

On messages like our own a linear model over n-grams is hard to beat, so it ships inside the graph beside the network:
the table holds one row of weights for each bucket and, in its last column, the square of the bucket's weight for the norm.
"""

import copy

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

import labels
import learn
from export import quantize
from network import Features, Shape

TABLES = dict(s1=4093, s2=20011, s3=32749, s4=20011, j2=12289, x2=8191, j3=20011)
COLUMNS = 31  # frustration, sentiment, signals, action


class Wide:
    def __init__(self, vocabulary):
        self.features = Features(vocabulary, Shape(tables=TABLES))
        self.rows = sum(TABLES.values())

    def counts(self, ids, size=512):
        """Bucket counts of every text as a sparse matrix."""
        order = np.argsort([len(i) for i in ids], kind="stable")
        parts = [None] * len(ids)
        for a in range(0, len(order), size):
            part = order[a : a + size]
            x = learn.pad([ids[i] for i in part])
            f = self.features(x)
            s, j = (f[g].numpy().reshape(*x.shape, -1) for g in "sj")
            j = j + self.features.rows["s"]
            for n, i in enumerate(part):
                m = len(ids[i])
                parts[i] = np.concatenate([s[n, :m].ravel(), j[n, :m].ravel()])
        starts = np.cumsum([0] + [len(p) for p in parts])
        data = np.ones(starts[-1], np.float32)
        x = csr_matrix((data, np.concatenate(parts), starts), shape=(len(ids), self.rows))
        return x  # repeated buckets stay repeated, as in the graph

    def fit(self, ids, targets, weights, c=20.0):
        x = self.counts(ids)
        seen = x.copy()
        seen.sum_duplicates()
        frequency = np.bincount(seen.indices, minlength=self.rows)
        square = (np.log((1 + seen.shape[0]) / (1 + frequency)) + 1) ** 2
        step = square.max() / 127  # the squares are stored as bytes, so they are rounded before the fit
        self.idf = np.sqrt(np.maximum(np.rint(square / step), 1) * step).astype(np.float32)
        z = self.normalized(x)
        z.sum_duplicates()
        self.weight = np.zeros((self.rows, COLUMNS), np.float32)
        self.bias = np.zeros(COLUMNS, np.float32)
        for k in range(COLUMNS):
            p = targets[:, k]  # NaN compares false: rows without the label take no part
            pos, neg = np.flatnonzero(p > 0.02), np.flatnonzero(p < 0.98)
            rows = np.concatenate([pos, neg])
            y = np.r_[np.ones(len(pos)), np.zeros(len(neg))]
            w = np.r_[p[pos] * weights[pos], (1 - p[neg]) * weights[neg]]
            m = LogisticRegression(C=c, solver="liblinear", dual=True, max_iter=100, tol=1e-3).fit(z[rows], y, sample_weight=w)
            self.weight[:, k], self.bias[k] = m.coef_[0], m.intercept_[0]
        return self

    def fit_reviews(self, ids, positive, c=2.0):
        """A column for the polarity of reviews, over the same buckets: weights and bias."""
        z = self.normalized(self.counts(ids))
        z.sum_duplicates()
        m = LogisticRegression(C=c, solver="liblinear", dual=True, max_iter=100, tol=1e-3).fit(z, positive)
        return m.coef_[0].astype(np.float32), np.float32(m.intercept_[0])

    def with_reviews(self, weight, bias):
        other = copy.copy(self)
        other.weight, other.bias = np.c_[self.weight, weight], np.r_[self.bias, bias]
        return other

    @property
    def heads(self):
        """The logits that the columns belong to."""
        return np.r_[0:COLUMNS, labels.REVIEW][: self.weight.shape[1]]

    def normalized(self, x):
        """Divides by the norm as the graph computes it: over occurrences, not over distinct buckets."""
        square = x @ (self.idf**2)
        return (diags(1 / np.sqrt(square)) @ x @ diags(self.idf)).tocsr()

    def predict(self, ids):
        return np.asarray(self.normalized(self.counts(ids)) @ self.weight) + self.bias

    def rounded(self):
        """The same with its weights rounded as in the exported file."""
        other = copy.copy(self)
        q, scale = quantize(self.table(), 1.0)
        other.weight = (q * scale)[:, :-1] / self.idf[:, None]
        return other

    def table(self):
        """Rows of the exported table: weights times idf, and the squared idf."""
        return np.concatenate([self.weight * self.idf[:, None], self.idf[:, None] ** 2], 1)
