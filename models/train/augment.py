"""Noise that Korean chat really has: free spacing, typing slips, stretched jamo, and disguised swear words."""

import re

from chars import INITIALS

VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
KEYS = dict(zip("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", "qwertyuiopasdfghjklzxcvbnm"))
KEYS |= dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "QWERTOP")) | {"ㅘ": "hk", "ㅙ": "ho", "ㅚ": "hl", "ㅝ": "nj", "ㅞ": "np", "ㅟ": "nl", "ㅢ": "ml"}
KEYS |= {"ㄳ": "rt", "ㄵ": "sw", "ㄶ": "sg", "ㄺ": "fr", "ㄻ": "fa", "ㄼ": "fq", "ㅀ": "fg", "ㅄ": "qt"}
SWEAR = re.compile(r"시발|씨발|병신|지랄|존나|좆|새끼|미친|닥쳐|꺼져|ㅅㅂ|ㅂㅅ|ㅈㄹ|ㅈㄴ|짜증|빡치|빡쳐|열받")
SLIPS = [("ㅐ", "ㅔ"), ("ㅚ", "ㅙ"), ("ㅖ", "ㅔ"), ("ㅢ", "ㅣ"), ("ㅗ", "ㅜ"), ("ㅓ", "ㅗ")]


def split(c):
    o = ord(c) - 0xAC00
    return [INITIALS[o // 588], VOWELS[o // 28 % 21], FINALS[o % 28]] if 0 <= o < 11172 else None


def join(i, v, f):
    return chr(0xAC00 + INITIALS.index(i) * 588 + VOWELS.index(v) * 28 + FINALS.index(f))


def apart(word):
    return "".join("".join(split(c) or [c]).strip() for c in word)


def disguise(word, rng):
    kind = rng.integers(7)
    if kind == 0:
        return word[0] + str(rng.integers(10)) + word[1:]
    if kind == 1:
        return word[0] + rng.choice([".", "*", "~", "!", "-", "ㅡ", " "]) + word[1:]
    if kind == 2:
        return apart(word)
    if kind == 3:
        return apart(word[:1]) + word[1:]
    if kind == 4:
        return "".join((split(c) or [c])[0] for c in word)
    if kind == 5:
        return "".join(KEYS.get(c, c) for c in apart(word)).lower()
    return word.replace("시", rng.choice(["쉬", "씌", "싀"])).replace("발", rng.choice(["벌", "빨", "팔"]))


def slip(text, rng):
    at = [i for i, c in enumerate(text) if 0xAC00 <= ord(c) <= 0xD7A3]
    if not at:
        return text
    i = at[rng.integers(len(at))]
    a, v, f = split(text[i])
    kind = rng.integers(4)
    if kind == 0:
        for x, y in SLIPS:
            if v in (x, y):
                v = y if v == x else x
                break
    elif kind == 1 and f != " ":
        f = {"ㅆ": "ㅅ", "ㄶ": "ㄴ", "ㅄ": "ㅂ"}.get(f, " ")
    elif kind == 2:
        f = "ㅅ" if f == "ㅆ" else "ㅇ" if f == " " and rng.random() < 0.3 else f
    elif i + 1 < len(text):
        return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text[:i] + join(a, v, f) + text[i + 1 :]


def beside(text, calm, rng):
    """Sometimes puts a calm request beside a short text: its labels stay those of the text."""
    if rng.random() > 0.15 or len(text) > 60:
        return text
    other = calm[rng.integers(len(calm))]
    gap = rng.choice([" ", ". ", ".. ", ", "])
    return text + gap + other if rng.random() < 0.5 else other + gap + text


def noisy(text, rng):
    """One noisy copy of a text; its labels still hold."""
    if rng.random() < 0.5:
        text = SWEAR.sub(lambda m: disguise(m[0], rng) if rng.random() < 0.6 else m[0], text)
    r = rng.random()
    if r < 0.15:
        text = text.replace(" ", "")
    elif r < 0.35:
        text = "".join(c for c in text if c != " " or rng.random() > 0.4)
    elif r < 0.42:
        text = "".join(c + " " if rng.random() < 0.1 else c for c in text)
    for _ in range(rng.integers(3)):
        text = slip(text, rng)
    text = re.sub(r"([ㅋㅎㅠㅜ!?;.~ㅡ])\1+", lambda m: m[1] * max(2, len(m[0]) + int(rng.integers(-1, 4))), text)
    if rng.random() < 0.2:
        text = text.rstrip(" .")
    return text
