"""Finders of text that documents have in common, each written out from its published
recipe with its default parameters. Each takes a list of texts and returns a mask per
text: a bytearray with 1 at each code point that is reported. decon, which looks for
items, is in decon.py."""
import heapq
import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from math import ceil, inf, log

import numpy as np


def masks(texts, spans):
    marked = [bytearray(len(t)) for t in texts]
    for i, start, end in spans:
        start, end = max(0, start), min(end, len(texts[i]))
        marked[i][start:end] = b"\1" * max(0, end - start)
    return marked


def text_dedup(texts, least=100):
    """text-dedup's suffix array recipe (Lee and others, 2022, arXiv 2107.06499): bytes of
    all texts in a row, every run of `length_threshold` bytes that stands twice is a
    repeat. A suffix array finds the same runs as hashes of all windows of that length do."""
    whole = "".join(texts).encode()
    data = np.frombuffer(whole, dtype=np.uint8)
    windows = np.array([hash(whole[k : k + least]) for k in range(len(whole) - least + 1)])
    _, at, counts = np.unique(windows, return_inverse=True, return_counts=True)
    edge = np.zeros(len(data) + 1, dtype=np.int64)
    starts = np.flatnonzero(counts[at] > 1)
    np.add.at(edge, starts, 1)
    np.add.at(edge, starts + least, -1)
    repeated = np.cumsum(edge)[:-1] > 0
    letters = repeated[(data & 0xC0) != 0x80]  # the first byte of each code point
    marked, at = [], 0
    for t in texts:
        marked.append(bytearray(letters[at : at + len(t)].astype(np.uint8).tobytes()))
        at += len(t)
    return marked


SENTENCE = re.compile(r"[^.!?؟۔…]*[.!?؟۔…]+[»”\"')\]]*|[^.!?؟۔…]+$")
NUMBER = re.compile(r"\d+(?:[.,٫]\d+)?")


def simplified(text):
    """datatrove's TextNormConfig: small letters, numbers as 0, no punctuation, white space
    as one, and NFD without marks, which folds vowel marks and hamza on its letters."""
    text = NUMBER.sub("0", text.lower())
    text = "".join(" " if unicodedata.category(c)[0] in "PSC" else c for c in text)
    text = " ".join(text.split())
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").strip()


def datatrove(texts, n=3):
    """datatrove's sentence deduplication, after C4 (Raffel and others, 2020): a span of
    three sentences that stands more than once is a repeat."""
    where = defaultdict(list)
    for i, t in enumerate(texts):
        sentences = [m.span() for m in SENTENCE.finditer(t)]
        words = [simplified(t[a:b]) for a, b in sentences]
        for k in range(len(sentences) - n + 1):
            key = " ".join(words[k : k + n])
            if key.strip():
                where[key].append((i, sentences[k][0], sentences[k + n - 1][1]))
    return masks(texts, (span for spans in where.values() if len(spans) > 1 for span in spans))


def passim(texts, n=25, least_df=2, most_df=100, least_matches=5, gap=600, least_letters=50):
    """passim 2 (Smith, Cordell and Mullen, 2015; seriatim.py): sequences of 25 letters that
    begin a word and stand once in a document and in 2 to 100 documents; of each document
    with five of those of an earlier one a path through them, which tells of which source
    each stretch is; its ends are aligned letter by letter."""
    where = defaultdict(list)
    for i, t in enumerate(texts):
        for key, at in _sequences(t, n):
            where[key].append((i, at))
    pairs = defaultdict(list)
    for posts in where.values():
        if least_df <= len(posts) <= most_df:
            for x, (i, a) in enumerate(posts):
                for j, b in posts[x + 1 :]:
                    pairs[j, i].append((b, a))
    targets = defaultdict(lambda: defaultdict(list))
    for (j, i), met in pairs.items():
        if len(met) >= least_matches:
            for b, a in met:
                targets[j][b].append((i, a))
    spans, pad = [], (n - 1) // 2
    for j, matches in sorted(targets.items()):
        found = _sources(sorted(matches.items()), n, gap, least_letters)
        for k, (i, b, b_end, a, a_end) in enumerate(found):
            left = max(found[k - 1][2] if k else 0, b - gap)
            right = min(found[k + 1][1] if k + 1 < len(found) else b_end + gap, b_end + gap)
            s, t = texts[i], texts[j]
            es, et = _extend(s[max(0, a - (b - left + 20)) : a + pad][::-1], t[left : b + pad][::-1])
            fs, ft = _extend(s[a_end - pad : a_end + 20 + right - b_end], t[b_end - pad : right])
            spans += [(i, a + pad - es, a_end - pad + fs), (j, b + pad - et, b_end - pad + ft)]
    return masks(texts, spans)


@lru_cache(maxsize=None)
def _sequences(text, n):
    letters = [(k, c.lower()) for k, c in enumerate(text) if c.isalpha()]
    times, first = defaultdict(int), {}
    for k in range(len(letters) - n + 1):
        if k == 0 or letters[k][0] - letters[k - 1][0] > 1:
            key = "".join(c for _, c in letters[k : k + n])
            times[key] += 1
            first.setdefault(key, letters[k][0])
    return [(key, at) for key, at in first.items() if times[key] == 1]


def _sources(positions, n, gap, least_letters, copy=0.8, go_on=0.998, alphabet=256):
    """The likeliest path through matches: background, or a copy of a source."""
    sources = {i for _, matches in positions for i, _ in matches}
    prior, copied, missed = -log(len(sources)), log(copy), log(1 - copy) - log(2 * alphabet)
    stop, go_on, switch, noise = log((1 + copy) / 2), log(go_on), log(1 - go_on), log(go_on) - log(alphabet)
    back, scores, last, state = {}, [(0, 0.0)], 0, {}
    for b, matches in positions:
        at, score = next(s for s in reversed(scores) if s[0] <= b)
        background = score + (b - at) * noise
        best = (b + n, background + n * noise)
        back[None, b + n, 0] = (None, at, 0)
        for i, a in matches:
            old_b, old_a, old = state.get(i, (0, 0, -inf))
            gap_a, gap_b = max(0, a - old_a - n), max(0, b - old_b - n)
            both = min(gap_a, gap_b)
            changed = ceil(both / n)
            on = old + gap_b * go_on + (changed + gap_b - both) * missed + (both - changed) * copied + min(n, b - old_b) * (go_on + copied)
            new = background + switch + prior + n * (go_on + copied)
            if a < old_a or gap_b > gap or gap_a > gap or (new > on and b - last > n):
                back[i, b, a], on = (None, at, 0), new
            else:
                back[i, b, a] = (i, old_b, old_a)
            state[i] = (b, a, on)
            if on + stop + switch > best[1]:
                best = (b + n, on + stop + switch)
                back[None, b + n, 0] = (i, b, a)
        last = b
        scores.append(best)
    path, here = [], (None, last + n, 0)
    while here[1] > 0:
        path.append(here)
        here = back[here]
    spans, run = [], []
    for i, b, a in reversed(path):
        if i is not None:
            run.append((i, b, a))
        elif run:
            if run[-1][1] + n - run[0][1] >= least_letters:
                spans.append((run[0][0], run[0][1], run[-1][1] + n, run[0][2], run[-1][2] + n))
            run = []
    return spans


@lru_cache(maxsize=None)
def _extend(s, t, copy=0.8, beam=20, final=0.01, alphabet=256):
    """How far the beginnings of two texts are copies, by a beam search over letters."""
    copied, edit, stop = log(copy), log(1 - copy) - log(2 * alphabet), log((1 + copy) / 2)
    pad, final = log(1 - final) - log(alphabet), log(final)
    best, least, row = (0, 0), inf, [(0, 0)]
    for k in range(len(t) + 1):
        seen, after, taken = {}, [], 0
        while row and taken < beam:
            score, at = heapq.heappop(row)
            if score >= least or seen.get(at, inf) <= score:
                continue
            seen[at] = score
            taken += 1
            if k == len(t) or not t[k].isalnum():
                end = score - (stop + 2 * final + pad * (len(t) - k))
                if end < least:
                    best, least = (at, k), end
            if at < len(s):
                heapq.heappush(row, (score - edit, at + 1))
                if k < len(t):
                    if s[at].lower() == t[k].lower() or s[at].isspace() and t[k].isspace():
                        heapq.heappush(after, (score - copied + (0 if s[at] == t[k] else 0.001), at + 1))
                    elif s[at] != "\n" and t[k] != "\n":
                        heapq.heappush(after, (score - edit, at + 1))
            if k < len(t):
                heapq.heappush(after, (score - edit, at))
        row = after
    return best
