"""Shares of edited versions that common tools find as copies.

    go test . -run 'TestCopies$' -v -write-copies copies.jsonl
    /usr/bin/python3 eval/peers/copies.py copies.jsonl
"""
import json
import sys

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from minhash import collide, optimal_bands, signature, simhash, text_dedup_shingles


def text_dedup(pairs):
    bands, rows = optimal_bands(0.7, 250)
    sign = lambda text: signature(text_dedup_shingles(text), 250)
    return [bool(collide(sign(a), sign(b), bands, rows)) for a, b in pairs]


def tfidf(least):
    def found(pairs):
        x = TfidfVectorizer().fit_transform([text for pair in pairs for text in pair])
        return np.asarray(x[0::2].multiply(x[1::2]).sum(axis=1)).ravel() >= least

    return found


def simhash_within_3(pairs):
    return [int((simhash(a) != simhash(b)).sum()) <= 3 for a, b in pairs]


PEERS = {
    "text-dedup MinHash, 0.7": text_dedup,
    "scikit-learn TF-IDF, cosine 0.8": tfidf(0.8),
    "scikit-learn TF-IDF, cosine 0.5": tfidf(0.5),
    "SimHash, 3 of 64 bits": simhash_within_3,
}


def main(path):
    kinds = {}
    for line in open(path, encoding="utf-8"):
        pair = json.loads(line)
        kinds.setdefault(pair["kind"], []).append((pair["a"], pair["b"]))
    print("| kind of edit | pairs |", " | ".join(PEERS), "|")
    print("| --- " * (len(PEERS) + 2) + "|")
    for kind, pairs in kinds.items():
        shares = (f"{np.mean(find(pairs)):.3f}" for find in PEERS.values())
        print(f"| {kind} | {len(pairs)} |", " | ".join(shares), "|", flush=True)


main(sys.argv[1])
