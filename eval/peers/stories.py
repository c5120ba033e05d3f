"""Groupings of labelled story sets by common tools, each at the one threshold
that is best for all sets together (B-cubed F1 plus pairwise F1).

    /usr/bin/python3 eval/peers/stories.py FOLDER

FOLDER holds SET.jsonl and SET.gold.tsv for the four dev sets.
"""
import json
import os
import sys
from collections import Counter

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import TfidfVectorizer

from minhash import collide, optimal_bands, signature, simhash, text_dedup_shingles

SETS = ["ant-dev", "ant-dev2", "snn-dev", "snn-dev2"]


def load(folder, name):
    with open(os.path.join(folder, name + ".gold.tsv"), encoding="utf-8") as f:
        gold = dict(line.rstrip("\n").split("\t")[:2] for line in f if line.strip() and not line.startswith("#"))
    texts, labels = [], []
    with open(os.path.join(folder, name + ".jsonl"), encoding="utf-8") as f:
        for line in f:
            a = json.loads(line)
            if a["id"] in gold:
                texts.append((a.get("title") or "") + "\n" + (a.get("body") or a.get("text") or ""))
                labels.append(gold[a["id"]])
    return texts, labels


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def scores(pred, gold):
    both, n = Counter(zip(pred, gold)), len(gold)
    of_pred, of_gold = Counter(pred), Counter(gold)
    b3 = f1(
        sum(c * c / of_pred[p] for (p, _), c in both.items()) / n,
        sum(c * c / of_gold[g] for (_, g), c in both.items()) / n,
    )
    pairs = lambda counts: sum(c * (c - 1) / 2 for c in counts.values())
    right, claimed, wanted = pairs(both), pairs(of_pred), pairs(of_gold)
    return np.array([b3, f1(right / claimed if claimed else 1.0, right / wanted if wanted else 1.0)])


def components(sim):
    return lambda least: connected_components(sim >= least)[1].tolist()


def average(sim):
    distance = np.clip(1 - sim, 0, None)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform((distance + distance.T) / 2, checks=False), "average")
    return lambda least: fcluster(tree, 1 - least, "distance").tolist()


def tfidf(texts, **options):
    x = TfidfVectorizer(**options).fit_transform(texts)
    return (x @ x.T).toarray()


def four_grams(texts):
    return tfidf(texts, analyzer="char_wb", ngram_range=(4, 4))


def shingled(texts, n, permutations):
    return np.array([signature(text_dedup_shingles(t, n), permutations) for t in texts])


def minhash(texts):
    """3-word shingles, 128 permutations, estimated Jaccard of pairs that share one of 32 bands of 4."""
    s = shingled(texts, 3, 128)
    bands = s.reshape(len(s), 32, 4)
    sim = np.eye(len(s))
    for i in range(len(s)):
        near = (bands[i] == bands).all(axis=2).any(axis=1)
        sim[i, near] = (s[i] == s[near]).mean(axis=1)
    return sim


def text_dedup(texts):
    """The recipe joins whatever shares a band; the bands follow from the threshold."""
    s = shingled(texts, 5, 250)

    def cut(least):
        bands, rows = optimal_bands(least, 250)
        near = np.array([collide(x, s, bands, rows) for x in s])
        return connected_components(near)[1].tolist()

    return cut


def simhashed(texts):
    bits = np.array([simhash(t) for t in texts])
    return 1 - (bits[:, None] != bits[None]).sum(axis=2) / 64


FINE, COARSE = np.arange(0.02, 1.0, 0.01), np.arange(0.05, 1.0, 0.05)
PEERS = {
    "scikit-learn TF-IDF, connected components": (lambda t: components(tfidf(t)), FINE),
    "scikit-learn TF-IDF, average linkage": (lambda t: average(tfidf(t)), FINE),
    "character 4-grams TF-IDF, average linkage": (lambda t: average(four_grams(t)), FINE),
    "MinHash 32×4, 3-word shingles, components": (lambda t: components(minhash(t)), FINE),
    "text-dedup's MinHash recipe": (text_dedup, COARSE),
    "SimHash, 64 bits, components": (lambda t: components(simhashed(t)), np.arange(40, 65) / 64),
}


def main(folder):
    sets = [load(folder, name) for name in SETS]
    print("| tool | B-cubed F1 | pairwise F1 | threshold |\n| --- | --- | --- | --- |")
    for name, (make, thresholds) in PEERS.items():
        cuts = [(make(texts), labels) for texts, labels in sets]
        mean = [np.mean([scores(cut(t), labels) for cut, labels in cuts], axis=0) for t in thresholds]
        best = int(np.argmax([m.sum() for m in mean]))
        print(f"| {name} | {mean[best][0]:.3f} | {mean[best][1]:.3f} | {thresholds[best]:.2f} |", flush=True)


main(sys.argv[1])
