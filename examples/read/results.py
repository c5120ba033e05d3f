"""Reads the results of qissa: python3 results.py OUT. Needs nothing but Python."""
import csv, json, sys

out, copies = sys.argv[1], {"verbatim", "shortened", "edited"}
with open(f"{out}/articles.csv", encoding="utf-8-sig", newline="") as f:
    articles = list(csv.DictReader(f))
with open(f"{out}/stories.jsonl", encoding="utf-8") as f:
    stories = [json.loads(line) for line in f]
for source in sorted({a["source"] for a in articles}):
    mine = [a["relation"] for a in articles if a["source"] == source]
    print(source, len(mine), sum(r in copies for r in mine), sep="\t")
for s in stories:
    print(s["size"], s["title"], sep="\t")
