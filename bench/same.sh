#!/usr/bin/env bash
# Compares what two commits write: `cluster` and `dedup` of the sample, and of every
# dump of a folder. Prints how many articles changed story, and where files differ;
# fails if any differs.
#
#   bench/same.sh OLD NEW [FOLDER]      NEW or OLD may be "." for the files as they are
#
# The dumps of README take about 40 s a commit, on two cores.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
folder=${3:+$(realpath "$3")}
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# files COMMIT prints an archive of it; without .git no version is built in.
files() {
  if [ "$1" != . ]; then git archive "$1"; return; fi
  git ls-files -coz --exclude-standard | tar -c --ignore-failed-read --null -T - 2>/dev/null
}
for side in old new; do
  mkdir "$work/$side"
  files "$1" | tar -x -C "$work/$side"
  (cd "$work/$side" && go build -buildvcs=false -o qissa ./cmd/qissa)
  shift
done
dumps=("$work/new/testdata/sample.jsonl")
[ -z "$folder" ] || dumps+=("$folder"/*)

# moved RUN RUN prints how many articles are not in the story that holds most of
# those it was with, one old story to one new one.
moved() {
  python3 - "$1/stories.jsonl" "$2/stories.jsonl" <<'END'
import collections, json, sys
old, new = ({a["id"]: s["id"] for s in map(json.loads, open(f, encoding="utf-8")) for a in s["articles"]} for f in sys.argv[1:])
both = collections.Counter((s, new[a]) for a, s in old.items() if a in new)
home, guests = {}, {}
for (o, n), size in both.most_common():
    if o not in home and n not in guests:
        home[o], guests[n] = n, o
stay = sum(size for (o, n), size in both.items() if home.get(o) == n)
print(f"{len(old)} articles, {len(new)} now, {max(len(old), len(new)) - stay} changed story")
END
}

status=0
for dump in "${dumps[@]}"; do
  printf '%s: ' "$(basename "$dump")"
  for side in old new; do
    out=$work/$side/out/$(basename "$dump")
    mkdir -p "$out/dedup"
    "$work/$side/qissa" cluster "$dump" -o "$out/cluster" --parquet -q
    "$work/$side/qissa" dedup "$dump" -o "$out/dedup/kept" --report "$out/dedup/page.html" -q
    sed -i '/^  "version":/d' "$out/cluster/run.json"
  done
  moved "$work"/{old,new}/out/"$(basename "$dump")"/cluster
  if ! diff -r "$work"/{old,new}/out/"$(basename "$dump")" >"$work/diff"; then
    status=1
    sed "s|$work/||g; 20q" "$work/diff" | cut -c1-200
  fi
  rm -rf "$work"/{old,new}/out
done
exit $status
