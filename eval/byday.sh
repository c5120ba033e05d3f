#!/usr/bin/env bash
# Feeds a dump day by day to an empty archive under the model of other dumps, and scores
# labelled sets on what it exports, and on one run over the dump.
#   eval/byday.sh DUMP.jsonl.gz OTHER[,OTHER…] OUT SET.jsonl…     (labels: SET.gold.tsv)
set -euo pipefail
dump=$1 out=$3
IFS=, read -ra others <<<"$2"
shift 3
qissa=${QISSA:-qissa}
mkdir -p "$out/days"
"$qissa" model build -q "${others[@]}" -o "$out/other.model"
zcat -f "$dump" | awk -v to="$out/days/" 'match($0, /"time": *"[0-9-]+/) { day = substr($0, RSTART, RLENGTH); sub(/.*"/, "", day); print > (to day ".jsonl"); next } { print > (to "undated.jsonl") }'
first=(--model "$out/other.model")
for day in "$out"/days/*.jsonl; do
  "$qissa" cluster -q --archive "$out/news.qissa" "${first[@]}" --refresh never "$day"
  first=()
done
"$qissa" archive export -q "$out/news.qissa" -o "$out/fed"
"$qissa" cluster -q --keep-versions "$dump" -o "$out/batch"
for run in fed batch; do
  echo "$run:"
  pairs=()
  for set in "$@"; do pairs+=("$out/$run" "${set%.jsonl}.gold.tsv"); done
  "$qissa" eval "${pairs[@]}"
done
