"""The whole of what one writes with scikit-learn: read, vectorise, all pairs,
connected components.

    /usr/bin/python3 bench/pipeline.py DUMP.jsonl 0.5
"""
import json
import resource
import sys

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer


def cpu():
    u = resource.getrusage(resource.RUSAGE_SELF)
    return u.ru_utime + u.ru_stime


def stage(name):
    global last
    print(f"{name}: {cpu() - last:.1f} cpu s", flush=True)
    last = cpu()


last = cpu()
texts = []
for line in open(sys.argv[1], encoding="utf-8"):
    a = json.loads(line)
    texts.append((a.get("title") or "") + "\n" + (a.get("body") or ""))
stage("read")
x = TfidfVectorizer(dtype=np.float32).fit_transform(texts)
stage("vectorise")
least, block, rows, columns = float(sys.argv[2]), 1024, [], []
transposed = x.T.tocsr()
for i in range(0, x.shape[0], block):
    p = (x[i : i + block] @ transposed).tocoo()
    keep = (p.data >= least) & (p.col > p.row + i)
    rows.append(p.row[keep] + i)
    columns.append(p.col[keep])
stage("all pairs")
rows, columns = np.concatenate(rows), np.concatenate(columns)
stories = connected_components(coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(x.shape[0],) * 2))[0]
stage("components")
print(f"{len(texts)} articles, {len(rows)} pairs, {stories} stories, {cpu():.1f} cpu s in all, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
