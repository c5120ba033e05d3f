"""What scikit-learn needs to turn the texts of a dump into TF-IDF rows.

    /usr/bin/python3 bench/vectors.py DUMP.jsonl
"""
import json
import resource
import sys

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer


def usage():
    u = resource.getrusage(resource.RUSAGE_SELF)
    return u.ru_utime + u.ru_stime, u.ru_maxrss


texts = []
for line in open(sys.argv[1], encoding="utf-8"):
    a = json.loads(line)
    texts.append((a.get("title") or "") + "\n" + (a.get("body") or ""))
before, held = usage()
x = TfidfVectorizer(dtype=np.float32).fit_transform(texts)
after, peak = usage()
print(f"scikit-learn: {len(texts)} texts, {x.nnz} non-zeros, {after - before:.1f} s processor time, {(peak - held) >> 10} MB above the texts")
