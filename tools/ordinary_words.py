#!/usr/bin/env python3
"""Builds lexicons/ordinary/words.txt: ordinary Korean words that no entry may hit by accident (lint L026).

Source: mecab-ko-dic 2.1.1 by Yongwoon Lee and Yungho Yu (the Eunjeon project), Apache License 2.0, as the
PyPI package python-mecab-ko-dic ships it compiled:

    pip download --no-deps python-mecab-ko-dic==2.1.1.post2
    python3 tools/ordinary_words.py python_mecab_ko_dic-2.1.1.post2-py3-none-any.whl

Kept are nouns, verbs, adjectives, roots with 하다, adverbs and place names that the training corpus of the dictionary
holds (their costs were learned and differ from that of their class), and further nouns of three and four syllables
whose parts are such words. Names of persons and interjections are left out: curses hide among them.
"""

import argparse
import collections
import pathlib
import struct
import zipfile

OUT = pathlib.Path(__file__).resolve().parent.parent / "lexicons" / "ordinary" / "words.txt"
HEADER = """\
# 보통 낱말 목록: 항목이 우연히 걸리면 안 되는 말(검사 L026). tools/ordinary_words.py가 만들며 손으로 고치지 않습니다.
# Ordinary words, made by tools/ordinary_words.py from mecab-ko-dic 2.1.1 (Yongwoon Lee and Yungho Yu, the Eunjeon
# project), Apache License 2.0: a selection of its headwords, verbs and adjectives in their dictionary form.
"""
# How far a cost must be from the most frequent one of its class to have been learned from the corpus.
LEARNED = 3
# North Korean spellings of Sino-Korean words are no ordinary words of customers.
NORTHERN = tuple("라락란람랍랑래랭략량러려력련렬렴령례로록론롱뢰료룡루류륙률륭르름릉리린림립")


def entries(wheel):
    """Cost and features of every token of the compiled dictionary."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/sys.dic"))
        data = archive.read(name)
    # MeCab's header: ten 32-bit numbers and the name of the character set; then trie, tokens, features.
    trie, tokens, features = struct.unpack_from("<3I", data, 24)
    begin = 72 + trie
    text = data[begin + tokens : begin + tokens + features]
    for at in range(begin, begin + tokens, 16):
        cost, feature = struct.unpack_from("<hI", data, at + 6)
        yield cost, text[feature : text.index(b"\0", feature)].decode().split(",")


def is_hangul(word):
    return all("가" <= letter <= "힣" for letter in word)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=pathlib.Path)
    rows = [(cost, row) for cost, row in entries(parser.parse_args().wheel) if is_hangul(row[3])]
    usual = collections.defaultdict(collections.Counter)
    for cost, row in rows:
        usual[row[0], row[1], row[4]][cost] += 1
    usual = {key: costs.most_common(1)[0][0] for key, costs in usual.items()}

    words, rest = set(), {}
    for cost, (pos, meaning, _, word, kind, *more) in rows:
        learned = abs(cost - usual[pos, meaning, kind]) > LEARNED
        simple = kind == "*"
        if pos in ("VV", "VA") and simple:
            words.add(word + "다")
        elif pos == "XR" and simple:
            words.add(word + "하다")
        elif len(word) < 2:
            continue
        elif pos in ("MAG", "MAJ") and simple and learned:
            words.add(word)
        elif pos == "NNP" and meaning in ("지명", "*") and learned:
            words.add(word)
        elif pos == "NNG" and learned:
            words.add(word)
        elif pos == "NNG" and len(word) in (3, 4) and not word.startswith(NORTHERN):
            rest[word] = [] if simple else [part.split("/")[0] for part in more[2].split("+")]
    common = frozenset(words)
    words.update(
        word for word, parts in rest.items() if all(part in common for part in parts if len(part) > 1)
    )
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(HEADER + "".join(word + "\n" for word in sorted(words)), encoding="utf-8")
    print(f"{OUT}: {len(words)} words, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
