"""Batches, losses, and one training loop for every stage."""

import math
import time

import numpy as np
import torch
import torch.nn.functional as F

import labels

SCALE = np.ones(labels.N, np.float32)
SCALE[labels.FRUSTRATION] = 2.0
SCALE[labels.SENTIMENT] = 1.0
SCALE[labels.SIGNAL] = 1.0
SCALE[labels.ACTION] = 0.5
SCALE[labels.EMOTION] = 0.25
SCALE[[labels.REVIEW, labels.ABUSE]] = 2.0, 1.0
SCALE[[labels.OFFENSIVE, labels.CURSE]] = 0.5
SCALE[labels.OPINION] = 0.5


class Rows:
    """Encoded texts with targets and weights, ready for batching."""

    def __init__(self, ids, targets, weights=None):
        self.ids = ids
        self.lengths = np.array([len(i) for i in ids])
        self.targets = np.asarray(targets, np.float16)
        self.weights = np.ones(len(ids), np.float32) if weights is None else np.asarray(weights, np.float32)

    def __len__(self):
        return len(self.ids)


def pad(ids):
    n = max(map(len, ids))
    out = np.zeros((len(ids), n), np.int64)
    for i, x in enumerate(ids):
        out[i, : len(x)] = x
    return out


def batches(lengths, index, size, rng):
    """Shuffled batches of similar length."""
    index = rng.permutation(index)
    pool = size * 50
    out = []
    for a in range(0, len(index), pool):
        part = index[a : a + pool]
        part = part[np.argsort(lengths[part], kind="stable")]
        out += [part[b : b + size] for b in range(0, len(part), size)]
    return [out[i] for i in rng.permutation(len(out))]


def loss(logits, targets, weights, scale):
    known = ~torch.isnan(targets)
    y = torch.nan_to_num(targets)
    w = weights.unsqueeze(1) * scale
    sig = labels.SIGMOID
    b = F.binary_cross_entropy_with_logits(logits[:, sig], y[:, sig], reduction="none")
    total = (b * known[:, sig] * w[:, sig]).sum()
    for s in labels.SOFTMAX:
        c = -(y[:, s] * F.log_softmax(logits[:, s], 1)).sum(1)
        total = total + (c * known[:, s].all(1) * w[:, s.start]).sum()
    return total / len(logits)


def train(net, rows, epochs, rate, table_rate, size=128, seed=0, decay=0.01, log=print, between=None):
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    scale = torch.from_numpy(SCALE)
    opt = torch.optim.AdamW(
        [
            {"params": net.dense_parameters(), "lr": rate, "weight_decay": decay},
            {"params": net.table_parameters(), "lr": table_rate, "weight_decay": 0.0},
        ],
        fused=True,
    )
    base = [g["lr"] for g in opt.param_groups]
    steps = epochs * math.ceil(len(rows) / size)
    step, t0, run = 0, time.time(), 0.0
    net.train()
    for epoch in range(epochs):
        if between and epoch:
            rows = between(epoch)
        for batch in batches(rows.lengths, np.arange(len(rows)), size, rng):
            f = min(1.0, (step + 1) / (0.05 * steps + 1)) * max(0.02, 1 - step / steps)
            for g, b in zip(opt.param_groups, base):
                g["lr"] = b * f
            value = loss(net(pad([rows.ids[i] for i in batch])), torch.from_numpy(rows.targets[batch]).float(), torch.from_numpy(rows.weights[batch]), scale)
            opt.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            opt.step()
            step += 1
            run += value.item()
            if log and step % 200 == 0:
                log(f"  epoch {epoch} step {step}/{steps} loss {run / 200:.4f} {time.time() - t0:.0f}s", flush=True)
                run = 0.0
    net.eval()
    return net


@torch.no_grad()
def predict(net, ids, size=256):
    net.eval()
    out = np.zeros((len(ids), labels.N), np.float32)
    order = np.argsort([len(i) for i in ids], kind="stable")
    for a in range(0, len(order), size):
        part = order[a : a + size]
        x = pad([ids[i] for i in part])
        out[part] = net(x).numpy()
    return out
