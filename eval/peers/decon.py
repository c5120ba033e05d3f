"""decon's n-gram recipe (allenai/decon, doc/simple-details.md), for items that are a
question alone."""
import base64
import json
import re
from collections import defaultdict
from math import log

PUNCTUATION = "!’\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~”“‘’—"
# cl100k's pattern, with Python's names for letters and numbers
PIECES = re.compile(r"[^\r\n\w]?[^\W\d_]+|\d{1,3}| ?(?:[^\s\w]|_)+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")


class Tokenizer:
    """cl100k, its default tokenizer, by the ranks that the npm package js-tiktoken ships."""

    def __init__(self, path):
        text = open(path, encoding="utf-8").read()
        ranks = json.loads(text[text.index("{") : text.rindex("}") + 1])["bpe_ranks"]
        self.rank, self.known = {}, {}
        for line in ranks.split("\n"):
            _, first, *tokens = line.split(" ")
            self.rank.update((base64.b64decode(t), int(first) + k) for k, t in enumerate(tokens))

    def tokens(self, text):
        text = " " + " ".join("".join(" " if c in PUNCTUATION else c for c in text.lower()).split())
        return [t for piece in PIECES.findall(text) for t in self.piece(piece)]

    def piece(self, piece):
        if piece not in self.known:
            parts = [bytes([b]) for b in piece.encode()]
            while True:
                ranks = [self.rank.get(a + b, 1 << 30) for a, b in zip(parts, parts[1:])]
                if not ranks or min(ranks) == 1 << 30:
                    break
                k = ranks.index(min(ranks))
                parts[k : k + 2] = [parts[k] + parts[k + 1]]
            self.known[piece] = [self.rank[p] for p in parts]
        return self.known[piece]


def decon(items, texts, tokens, n=5, every=10, misses=11, threshold=0.8, start=20, end=50):
    """Which items stand in which texts: pairs (item, text). From each tenth sequence of five
    tokens that an item has too a cluster grows to both sides until eleven miss; its
    sequences, weighed by rarity, have to be 0.8 of those of the item, all of an item of
    20 tokens or fewer."""
    grams = lambda t: [tuple(t[k : k + n]) for k in range(len(t) - n + 1)]
    item_tokens = [tokens(item) for item in items]
    of = defaultdict(set)
    for i, t in enumerate(item_tokens):
        for g in grams(t):
            of[g].add(i)
    idf = {g: log(len(items) / len(docs)) for g, docs in of.items()}
    total = [sum(idf[g] for g in set(grams(t))) for t in item_tokens]
    found = set()
    for d, text in enumerate(texts):
        sequence = grams(tokens(text))
        k = 0
        while k < len(sequence):
            if sequence[k] not in of:
                k += every
                continue
            last = k
            for i in of[sequence[k]]:
                have = {sequence[k]}
                for step in (-1, 1):
                    at, missed = k, 0
                    while missed < misses and 0 <= at + step < len(sequence):
                        at += step
                        new = i in of.get(sequence[at], ()) and sequence[at] not in have
                        missed = 0 if new else missed + (i not in of.get(sequence[at], ()))
                        have |= {sequence[at]} if new else set()
                    last = max(last, at)
                score = sum(idf[g] for g in have) / total[i] if total[i] else 0.0
                length = len(item_tokens[i])
                least = 1 - (1 - threshold) * min(1, max(0, (length - start) / (end - start)))
                if score >= min(least, 1 - 1e-9):
                    found.add((i, d))
            k = last + 1
    return found
