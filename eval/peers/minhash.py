"""MinHash and SimHash as in common use, on numpy alone."""
import hashlib
import re

import numpy as np

PRIME = np.uint64((1 << 61) - 1)
NON_WORD = re.compile(r"\W", re.UNICODE)


def hash32(text):
    return int.from_bytes(hashlib.sha1(text.encode("utf-8")).digest()[:4], "little")


def text_dedup_shingles(text, n=5):
    """Shingles as text-dedup 0.3 makes them: split at every code point that is
    no word character (Python counts an Arabic vowel mark as none), n in sequence."""
    tokens = [t for t in NON_WORD.split(text.lower()) if t]
    return {" ".join(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1))}


def signature(shingles, permutations, seed=42):
    r = np.random.RandomState(seed)
    a = r.randint(1, PRIME, size=permutations, dtype=np.uint64)
    b = r.randint(0, PRIME, size=permutations, dtype=np.uint64)
    h = np.array(sorted(hash32(s) for s in shingles), dtype=np.uint64)
    return (((h[:, None] * a + b) % PRIME) & np.uint64(0xFFFFFFFF)).min(axis=0)


def optimal_bands(threshold, permutations):
    """Bands and rows with the least sum of false positive and negative area,
    as datasketch and text-dedup choose them."""
    best, least = None, np.inf
    low, high = np.linspace(0, threshold, 101), np.linspace(threshold, 1, 101)
    for bands in range(1, permutations + 1):
        for rows in range(1, permutations // bands + 1):
            wrong = np.trapz(1 - (1 - low**rows) ** bands, low) + np.trapz((1 - high**rows) ** bands, high)
            if wrong < least:
                best, least = (bands, rows), wrong
    return best


def collide(x, others, bands, rows):
    """Which of the other signatures share a band with x."""
    same = x[: bands * rows] == others[..., : bands * rows]
    return same.reshape(*same.shape[:-1], bands, rows).all(axis=-1).any(axis=-1)


def simhash(text):
    """64 bits over words with their counts (Charikar, 2002)."""
    total = np.zeros(64)
    for token in NON_WORD.split(text.lower()):
        if token:
            h = int.from_bytes(hashlib.md5(token.encode("utf-8")).digest()[:8], "little")
            total += np.where((h >> np.arange(64, dtype=object)) & 1, 1, -1).astype(float)
    return total > 0
