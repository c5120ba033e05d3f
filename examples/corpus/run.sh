#!/usr/bin/env bash
# A corpus for training without its repeats, and without what the held-out set has.
#   ./run.sh OUT
set -euo pipefail
out=${1:?give a folder for the results}
here=$(dirname "$0")
mkdir -p "$out"
qissa dedup -q "$here/corpus.jsonl" --against "$here/held-out.jsonl" -o "$out/clean.jsonl"
echo "$(wc -l < "$out/clean.jsonl") kept, $(grep -cFxf "$here/corpus.jsonl" "$out/clean.jsonl") of them byte for byte as they were:"
sed -E 's/^\{"id": "([^"]*)".*/\1/' "$out/clean.jsonl"
echo "dropped:"
sed -E 's/^\{"schema":1,"id":"([^"]*)".*"repeats":\{"id":"([^"]*)".*"how":"([^"]*)","copied":([0-9.]+).*/\1 repeats \2: \3, \4 of its words/' "$out/clean.dropped.jsonl"
