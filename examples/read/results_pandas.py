"""Reads the results of qissa with pandas: python3 results_pandas.py OUT."""
import sys
import pandas as pd

articles = pd.read_csv(f"{sys.argv[1]}/articles.csv", encoding="utf-8-sig", keep_default_na=False)
stories = pd.read_json(f"{sys.argv[1]}/stories.jsonl", lines=True, encoding="utf-8")
articles["copy"] = articles.relation.isin(["verbatim", "shortened", "edited"])
by_source = articles.groupby("source")["copy"].agg(["size", "sum"])
print(by_source.to_csv(sep="\t", header=False), end="")
print(stories[["size", "title"]].to_csv(sep="\t", header=False, index=False), end="")
