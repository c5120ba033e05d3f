"""Passages put into real articles: how many of them common recipes find, and how much of
what they report is one.

    go build -o qissa ./cmd/qissa
    go test . -run 'TestLiftings$' -write-passages passages.jsonl
    npm pack js-tiktoken && tar xzf js-tiktoken-*.tgz package/dist/ranks/cl100k_base.cjs
    /usr/bin/python3 eval/peers/passages.py passages.jsonl ./qissa package/dist/ranks/cl100k_base.cjs
"""
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

from decon import Tokenizer, decon
from passage_recipes import datatrove, masks, passim, text_dedup


def qissa(program, *flags):
    def found(texts):
        with tempfile.TemporaryDirectory() as folder:
            articles, out = os.path.join(folder, "articles.jsonl"), os.path.join(folder, "out.jsonl")
            with open(articles, "w", encoding="utf-8") as f:
                for i, t in enumerate(texts):
                    title, _, body = t.partition("\n")
                    f.write(json.dumps({"id": str(i), "title": title, "text": body}) + "\n")
            subprocess.run([program, "passages", articles, "-q", "-o", out, *flags], check=True)
            spans = [(int(p["article"]), *p["at"]) for line in open(out, encoding="utf-8") for p in json.loads(line)["places"]]
        return masks(texts, spans)

    return found


def marking(find, known):
    """Of a finder that marks text: a passage is found if half or more of both its places is
    marked; precision is the share of marked code points that are of passages, without
    those in known, which a finder marks where nothing was put in: these are repeats too."""

    def measure(case):
        marked = [np.frombuffer(m, dtype=bool) for m in find(case["texts"])]
        old, passage = list(known), [np.zeros(len(t), dtype=bool) for t in case["texts"]]
        recalled = 0
        for i, a, b, j, c, d in case["lifted"]:
            old[j] = np.insert(old[j], c, np.zeros(d + 1 - c, dtype=bool))
            passage[i][a:b] = passage[j][c:d] = True
            recalled += marked[i][a:b].mean() >= 0.5 and marked[j][c:d].mean() >= 0.5
        new = [m & ~o for m, o in zip(marked, old)]
        right = sum((n & p).sum() for n, p in zip(new, passage))
        return recalled, right, sum(n.sum() for n in new)

    return measure


def items(tokenizer, before):
    """Of decon: the passages, as they stand where they were taken from, are its items; one is
    found if the article that it was put into is reported. Precision is the share of
    reported pairs of item and article that are so, without those reported before."""
    known = {}

    def tokens(text):
        if text not in known:
            known[text] = tokenizer.tokens(text)
        return known[text]

    def measure(case):
        lifted = case["lifted"]
        texts = [case["texts"][i][a:b] for i, a, b, _, _, _ in lifted]
        new = decon(texts, case["texts"], tokens) - decon(texts, before, tokens)
        right = sum((k, j) in new for k, (_, _, _, j, _, _) in enumerate(lifted))
        return right, right, len(new)

    return measure


def main(path, program, ranks):
    with open(path, encoding="utf-8") as f:
        before = json.loads(f.readline())["before"]
    finders = {
        "qissa passages": qissa(program),
        "qissa, --same 0.8": qissa(program, "--same", "0.8"),
        "passim": passim,
        "text-dedup, 100 bytes": text_dedup,
        "datatrove, 3 sentences": datatrove,
    }
    known = [np.zeros(len(t), dtype=bool) for t in before]
    for find in finders.values():
        for k, m in zip(known, find(before)):
            k |= np.frombuffer(m, dtype=bool)
    measures = {name: marking(find, known) for name, find in finders.items()}
    measures["decon"] = items(Tokenizer(ranks), before)
    print("| words | how | passages |", " | ".join(measures), "|")
    print("| --- " * (len(measures) + 3) + "|", flush=True)
    for line in open(path, encoding="utf-8"):
        case = json.loads(line)
        n, cells = len(case["lifted"]), []
        for measure in measures.values():
            found, right, reported = measure(case)
            cells.append(f"{found / n:.3f} · " + (f"{right / reported:.3f}" if reported else "–"))
        print("|", case["words"], "|", case["how"], "|", n, "|", " | ".join(cells), "|", flush=True)


main(*sys.argv[1:])
