#!/usr/bin/env bash
# An annotated set: how well the stories of a run fit labels of your own, how far two
# annotators agree, and which threshold would fit best.
#   ./run.sh OUT
set -euo pipefail
out=${1:?give a folder for the results}
here=$(dirname "$0")
qissa cluster -q "$here/../newsroom/day" -o "$out"
qissa eval "$out" "$here/labels.tsv" --errors 1
echo
qissa eval "$here/second.tsv" "$here/labels.tsv"
echo
qissa eval -q --sweep "$here/../newsroom/day" "$here/labels.tsv"
