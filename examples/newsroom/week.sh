#!/usr/bin/env bash
# Five days of a newsroom: each morning's dump is fed to an archive, whose stories go on
# from day to day; the digest goes out by mail, and a feed is fed each hour.
#   ./week.sh OUT
set -euo pipefail
out=${1:?give a folder for the archive}
week=$(dirname "$0")/week
archive=$out/news.qissa
feed() { qissa cluster -q --archive "$archive" --tz Asia/Riyadh --now "$@"; }

# Monday to Wednesday, each day at six in the evening. Tuesday's dump has Monday's
# articles too, as dumps do: they are known.
feed 2026-03-16T18:00:00+03:00 "$week/1-monday.jsonl"
feed 2026-03-17T20:00:00+03:00 "$week/1-monday.jsonl" "$week/2-tuesday.jsonl"
feed 2026-03-18T18:00:00+03:00 "$week/3-wednesday.jsonl"
echo "What became of the stories from Monday to Wednesday:"
qissa changes "$archive" -q --since 1 -f table

# An editor knows better: the market is one story. And an outlet takes an article back.
echo '{"type":"must_link","a":"wire-301","b":"wire-305"}' >"$out/corrections.jsonl"
qissa archive correct -q "$archive" "$out/corrections.jsonl"
qissa archive withdraw -q "$archive" misaa-821

# The mail of Thursday morning: what is new since the last one, and not again what was in
# it. With a mail program behind the pipe: … | mail -s "القصص" desk@example.org
qissa report -q "$archive" --since last:mail --format md --lang en >"$out/mail-1.md"
feed 2026-03-19T23:00:00+03:00 "$week/4-thursday.jsonl"
echo
echo "The mail of Friday:"
qissa report -q "$archive" --since last:mail --format md --lang en | tee "$out/mail-2.md"

# Each hour a feed, of which most is known the next hour.
for hour in 09 10 11; do
  echo
  echo "Friday, $hour:50:"
  feed "2026-03-20T$hour:50:00+03:00" -f table "$week/5-friday.xml"
done

# The life of the story of the market, and a page of the last two days.
echo
echo "The story of the market:"
story=$(qissa changes "$archive" -q -f csv | sed -nE 's/.*,(s_[0-9a-f]+),[^,]*السوق.*/\1/p' | head -1)
qissa changes "$archive" -q --story "$story" -f table
qissa report -q "$archive" --days 2 -o "$out/page/"
qissa archive check -q "$archive"
