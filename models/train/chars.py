"""Characters as tokens: the vocabulary, its decomposition into jamo, and the tokenizer file.

One token is one character. Hangul syllables stay whole, and the network takes them apart into initial, vowel
and final by the tables made here, so that nothing is lost and the sequence stays short.
"""

import re
import unicodedata

import numpy as np

SPECIAL = ["[PAD]", "[UNK]", "[CLS]"]
PAD, UNK, CLS = range(3)
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
CLUSTERS = dict(zip("ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ", "ㄱㄴㄴㄹㄹㄹㄹㄹㄹㄹㅂ"))
EMOJI = [(0x1F300, 0x1F5FF), (0x1F600, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x2600, 0x27BF)]
RARE = 1  # the row of the character table shared by seldom syllables
VOWELS, FINALS = 22, 28


INVISIBLE = "[\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff\u00ad]"


def normalize(text):
    return " ".join(re.sub(INVISIBLE, "", unicodedata.normalize("NFC", text)).lower().split())


class Vocabulary:
    def __init__(self, counts, seldom=25):
        """`counts` maps a character to its frequency in the corpora."""
        chars = [" "] + [chr(c) for c in range(33, 127) if not chr(c).isupper()]
        chars += [chr(c) for c in range(0x3131, 0x3164)] + [chr(c) for c in range(0xAC00, 0xD7A4)]
        seen = set(chars)
        extra = {chr(c) for a, b in EMOJI for c in range(a, b + 1) if unicodedata.category(chr(c)) == "So"}
        extra |= {c for c, n in counts.items() if n >= seldom and not c.isspace() and unicodedata.category(c) != "Mn"}
        chars += sorted(extra - seen)
        self.tokens = SPECIAL + chars
        self.ids = {c: i for i, c in enumerate(self.tokens)}
        rows, row = [0, RARE, 2], 3
        for c in chars:
            if counts.get(c, 0) >= seldom or ord(c) < 0x3164:
                rows.append(row)
                row += 1
            else:
                rows.append(RARE)
        self.rows = np.array(rows)
        self.row_count = row
        parts = [(0, 0, 0)] * len(SPECIAL)
        for i, c in enumerate(chars, len(SPECIAL)):
            parts.append(self._parts(c, rows[i]))
        self.parts = np.array(parts)

    @staticmethod
    def _parts(c, row):
        o = ord(c)
        if 0xAC00 <= o <= 0xD7A3:
            o -= 0xAC00
            return 1 + o // 588, 1 + o // 28 % 21, o % 28
        if 0x3131 <= o <= 0x314E:
            return 1 + INITIALS.index(CLUSTERS.get(c, c)), 0, 0
        if 0x314F <= o <= 0x3163:
            return 0, 1 + o - 0x314F, 0
        return 20 + row, 0, 0

    def encode(self, text, limit=None):
        ids = [CLS] + [self.ids.get(c, UNK) for c in normalize(text)]
        return ids[:limit]

    def tokenizer(self, limit):
        from tokenizers import Regex, Tokenizer, models, normalizers, processors

        t = Tokenizer(models.BPE(vocab=self.ids, merges=[], unk_token="[UNK]", fuse_unk=False))
        t.normalizer = normalizers.Sequence(
            [normalizers.NFC(), normalizers.Replace(Regex(INVISIBLE), ""), normalizers.Lowercase(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
        )
        t.post_processor = processors.TemplateProcessing(single="[CLS] $A", special_tokens=[("[CLS]", CLS)])
        t.enable_truncation(limit)
        t.enable_padding(pad_id=PAD, pad_token="[PAD]")
        return t
