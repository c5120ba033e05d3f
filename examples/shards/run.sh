#!/usr/bin/env bash
# Five days in tasks, four at once, and in one run: the files are the same.
#   ./run.sh OUT
set -euo pipefail
out=${1:?give a folder for the results}
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../newsroom"
qissa cluster -q week -o "$out/one"
make -s -j4 -f "$here/Makefile" INPUT="week" TILE=24h QISSA="qissa -q" WORK="$out/plan" OUT="$out/shards" 2>"$out/said" || cat "$out/said"
echo "$(ls "$out/plan/done" | grep -c pairs) tiles"
for file in stories.jsonl articles.csv pairs.jsonl skipped.jsonl links.bin; do
	cmp "$out/one/$file" "$out/shards/$file" && echo "$file is the same"
done
qissa report -q "$out/shards" --format md --lang en -o "$out/digest.md"
head -12 "$out/digest.md"
