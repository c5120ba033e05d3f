"""All pairs of the rows that qissa joins, as a blocked sparse matrix product.

    go run ./bench/rows DUMP rows.bin
    /usr/bin/python3 bench/join.py rows.bin 0.2 0.5
"""
import resource
import sys

import numpy as np
from scipy.sparse import csr_matrix


def cpu():
    u = resource.getrusage(resource.RUSAGE_SELF)
    return u.ru_utime + u.ru_stime


def load(path):
    with open(path, "rb") as f:
        documents, entries = np.fromfile(f, np.int64, 2)
        start = np.fromfile(f, np.int64, documents + 1)
        f.seek(8 * int(documents), 1)
        term = np.fromfile(f, np.int32, entries)
        weight = np.fromfile(f, np.float32, entries)
    return csr_matrix((weight, term, start))


def pairs(x, least, block):
    found, transposed = 0, x.T.tocsr()
    for i in range(0, x.shape[0], block):
        product = x[i : i + block] @ transposed
        rows = np.repeat(np.arange(product.shape[0]) + i, np.diff(product.indptr))
        found += int(((product.data >= least) & (product.indices > rows)).sum())
    return found


x = load(sys.argv[1])
block = 1024
for least in map(float, sys.argv[2:]):
    before = cpu()
    n = pairs(x, least, block)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"scipy {x.shape[0]} rows, {x.nnz / x.shape[0]:.0f} entries each, least {least}, block {block}: {n} pairs, {cpu() - before:.1f} cpu s, peak {peak:.0f} MB", flush=True)
