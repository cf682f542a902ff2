"""The network: hashed n-grams of syllables and jamo, a convolution, attention and maximum pooling, all heads.

Everything after the character ids happens inside the exported graph: shifted ids are combined by a linear hash
modulo a prime, so the tokenizer stays a plain list of characters. In training the same indices are made by
`Features` in NumPy, which is faster.
"""

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

import labels
from chars import FINALS, VOWELS

PRIMES = (1000003, 754974721, 167772161, 469762049)
# feature: one letter for each neighbour. s whole character, j initial+vowel, x vowel+final, i initial
GRAMS = {"s1": "s", "s2": "ss", "s3": "sss", "s4": "ssss", "j2": "jj", "x2": "xj", "i3": "iii", "j3": "jjj"}
PART_ROWS = (21, VOWELS, FINALS)


@dataclass
class Shape:
    char: int = 64
    syllable: int = 32
    jamo: int = 32
    filters: int = 128
    width: int = 3
    depth: int = 1
    hidden: int = 128
    heads: int = 4
    dropout: float = 0.2
    tables: dict = field(
        default_factory=lambda: dict(s2=32749, s3=65521, s4=32749, j2=16381, x2=16381, i3=8191, j3=32749)
    )


class Features:
    """Character ids to indices of the three merged tables: characters with their jamo, syllable and jamo n-grams."""

    def __init__(self, vocabulary, shape):
        v = vocabulary
        self.tables = shape.tables
        self.views = {
            "i": v.parts[:, 0],
            "j": v.parts[:, 0] * VOWELS + v.parts[:, 1],
            "x": v.parts[:, 1] * FINALS + v.parts[:, 2],
        }
        parts = np.where(v.parts < PART_ROWS, v.parts, 0)
        starts = np.cumsum([v.row_count, *PART_ROWS[:2]])
        self.char = np.concatenate([v.rows[:, None], parts + starts], 1)
        self.char_rows = v.row_count + sum(PART_ROWS)
        self.names = {g: [n for n in self.tables if n[0] in c] for g, c in (("s", "s"), ("j", "jxi"))}
        self.rows = {g: sum(self.tables[n] for n in names) for g, names in self.names.items()}

    def __call__(self, ids):
        n = ids.shape[1]
        wide = np.pad(ids, ((0, 0), (0, 3)))
        views = {"s": wide} | {k: t[wide] for k, t in self.views.items()}
        out = {"c": self.char[ids]}
        for group, names in self.names.items():
            start, columns = 0, []
            for name in names:
                h = 0
                for k, view in enumerate(GRAMS[name]):
                    h = h + views[view][:, k : k + n] * PRIMES[k]
                columns.append(h % self.tables[name] + start)
                start += self.tables[name]
            if columns:
                out[group] = np.stack(columns, -1)
        return {k: torch.from_numpy(np.ascontiguousarray(v).reshape(-1, v.shape[-1])) for k, v in out.items()}


class Network(nn.Module):
    def __init__(self, vocabulary, shape=None):
        super().__init__()
        self.shape = s = shape or Shape()
        self.features = Features(vocabulary, s)
        sizes = {"c": (self.features.char_rows, s.char), "s": (self.features.rows["s"], s.syllable), "j": (self.features.rows["j"], s.jamo)}
        self.table = nn.ModuleDict({k: nn.EmbeddingBag(n, d, mode="sum") for k, (n, d) in sizes.items() if n and d})
        for e in self.table.values():
            nn.init.normal_(e.weight, std=0.1)
        self.wide = d = sum(e.embedding_dim for e in self.table.values())
        self.conv = nn.ModuleList(nn.Linear((d if i == 0 else s.filters) * s.width, s.filters) for i in range(s.depth))
        body = s.filters if s.depth else d
        self.attend = nn.Linear(body, s.heads)
        self.down = nn.Linear(body * (s.heads + 1) + d, s.hidden)
        self.out = nn.Linear(s.hidden, labels.N)

    def table_parameters(self):
        return list(self.table.parameters())

    def dense_parameters(self):
        return [p for n, p in self.named_parameters() if not n.startswith("table.")]

    def forward(self, ids):
        """ids: NumPy array [batch, length], 0 where padded."""
        s, (b, t) = self.shape, ids.shape
        indices = self.features(ids)
        m = torch.from_numpy((ids != 0).astype(np.float32)).unsqueeze(-1)
        x = torch.cat([e(indices[k]) for k, e in self.table.items()], -1).view(b, t, -1) * m
        y = x
        for i, conv in enumerate(self.conv):
            half = s.width // 2
            p = F.pad(y, (0, 0, half, half))
            z = F.relu(conv(torch.cat([p[:, k : k + t] for k in range(s.width)], -1))) * m
            y = z if i == 0 else y + z
        a = torch.softmax(self.attend(y) + (m - 1) * 1e4, 1)
        pooled = torch.bmm(a.transpose(1, 2), y).flatten(1)
        v = torch.cat([pooled, y.amax(1), x.sum(1) / m.sum(1)], -1)
        v = F.relu(self.down(F.dropout(v, s.dropout, self.training)))
        return self.out(F.dropout(v, s.dropout, self.training))


class Attention(Network):
    """Two layers of attention over characters in place of the convolution: a teacher, too slow to ship."""

    def __init__(self, vocabulary, shape):
        super().__init__(vocabulary, shape)
        self.enter = nn.Linear(self.wide, 128)
        layer = nn.TransformerEncoderLayer(128, 4, 256, 0.1, batch_first=True, norm_first=True, activation="gelu")
        self.body = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.place = nn.Parameter(torch.randn(160, 128) * 0.02)
        self.down = nn.Linear(128 * 2 + self.wide, shape.hidden)

    def forward(self, ids):
        b, t = ids.shape
        indices = self.features(ids)
        m = torch.from_numpy((ids != 0).astype(np.float32)).unsqueeze(-1)
        x = torch.cat([e(indices[k]) for k, e in self.table.items()], -1).view(b, t, -1) * m
        y = self.body(self.enter(x) + self.place[:t], src_key_padding_mask=torch.from_numpy(ids == 0))
        y = y * m
        v = torch.cat([y.sum(1) / m.sum(1), y.amax(1), x.sum(1) / m.sum(1)], -1)
        return self.out(torch.relu(self.down(v)))
