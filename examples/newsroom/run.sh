#!/usr/bin/env bash
# A day in a newsroom: a folder of whatever came in becomes stories, a page, a
# digest to paste into a mail, and one story as a page to send.
#   ./run.sh OUT
set -euo pipefail
out=${1:?give a folder for the results}
qissa cluster -q "$(dirname "$0")/day" --tz Asia/Riyadh -o "$out" -f table --top 4

# Who had it first, and who copied whom.
qissa report -q "$out" --format md --lang en -o "$out/digest.md"
head -20 "$out/digest.md"

# The largest story alone.
story=$(sed -nE '1s/.*"id":"(s_[0-9a-f]+)".*/\1/p' "$out/stories.jsonl")
qissa report -q "$out" --story "$story" -o "$out/story.html"

# Why are these two stories, though both tell of the bridge?
qissa explain "$out" wire-101 sada-71
