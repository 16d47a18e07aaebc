#!/bin/sh
# Compares 'heaplight transform collapsed' of .jfr files with async-profiler's own converter: the sum
# and the bytes of every stack must be the same. With -r ROUNDS it races the two as well and prints
# each one's seconds of wall clock and of CPU time, round by round, and the medians of the ratios.
#
# usage: jfr-collapsed.sh [-r ROUNDS] FILE.jfr...
#
# Not part of the build: it needs 'mvn package', recordings, and for -r GNU time.
set -eu
export LC_ALL=C

rounds=0
if [ "${1:-}" = -r ]; then
  rounds=$2
  shift 2
fi
[ $# -gt 0 ] || { echo "usage: $0 [-r ROUNDS] FILE.jfr..." >&2; exit 2; }

root=$(CDPATH='' cd "$(dirname "$0")/../../.." && pwd)
heaplight=$root/bin/heaplight
converter=${JFR_CONVERTER:-$root/cli/target/dist/lib/jfr-converter.jar}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

jfrconv() {
  java -cp "$converter" one.convert.Main --alloc --total --lines --dot -o collapsed "$1" "$2"
}

# jfrconv marks how a frame was compiled, and draws apart what differs in nothing else. It leaves out
# samples without a stack.
sums() {
  awk '/^\[unknown stack\]/ { next }
    { bytes = $NF; sub(/ [0-9]+$/, ""); gsub(/_\[[0-9a-z]\]/, ""); of[$0] += bytes; all += bytes }
    END { for (stack in of) printf "%.0f %s\n", of[stack], stack; printf "%.0f [sum]\n", all }' "$1" |
    sort -k1,1nr -k2
}

race() {
  for round in $(seq "$rounds"); do
    /usr/bin/time -f '%e %U %S' -o "$work/theirs.time" \
      java -cp "$converter" one.convert.Main --alloc --total --lines --dot -o collapsed "$1" "$work/theirs" > /dev/null
    /usr/bin/time -f '%e %U %S' -o "$work/ours.time" \
      "$heaplight" transform collapsed -f -o "$work/ours" "$1" > /dev/null
    cat "$work/theirs.time" "$work/ours.time" | tr '\n' ' ' |
      awk '{ printf "%.2f %.2f %.2f %.2f %.3f %.3f\n", $1, $2 + $3, $4, $5 + $6, $4 / $1, ($5 + $6) / ($2 + $3) }'
  done > "$work/rounds"
  echo "jfrconv wall, CPU; heaplight wall, CPU (s); ratios heaplight/jfrconv of wall, CPU"
  cat "$work/rounds"
  for column in 5 6; do
    awk -v c=$column '{ print $c }' "$work/rounds" | sort -n |
      awk -v what="$([ $column = 5 ] && echo wall || echo CPU)" \
        '{ v[NR] = $1 } END { print "median ratio of " what ": " v[int((NR + 1) / 2)] }'
  done
}

failed=0
for file; do
  jfrconv "$file" "$work/theirs" > /dev/null
  "$heaplight" transform collapsed -f -o "$work/ours" "$file" > /dev/null
  sums "$work/theirs" > "$work/theirs.sums"
  sums "$work/ours" > "$work/ours.sums"
  head -21 "$work/theirs.sums" > "$work/theirs.top"
  head -21 "$work/ours.sums" > "$work/ours.top"
  left=$(awk '/^\[unknown stack\]/ { s += $NF } END { printf "%.0f", s }' "$work/ours")
  if cmp -s "$work/theirs.sums" "$work/ours.sums"; then
    echo "$file: same sum, $(head -1 "$work/ours.sums" | cut -d' ' -f1) bytes, and same $(($(wc -l < "$work/ours.sums") - 1)) stacks;" \
      "$left bytes without a stack, which jfrconv leaves out"
  else
    failed=1
    cmp -s "$work/theirs.top" "$work/ours.top" && top=same || top=different
    echo "$file: differs; sum and top 20 $top"
    diff "$work/theirs.sums" "$work/ours.sums" | head -20 || true
  fi
  [ "$rounds" -eq 0 ] || race "$file"
done
exit $failed
