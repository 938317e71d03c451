#!/bin/sh
# Compares what a release build made in two clones: jars and lists of parts.
set -eu
if [ $# -ne 2 ] || [ ! -d "$1" ] || [ ! -d "$2" ]; then
  echo "usage: $0 CLONE CLONE; both built by 'mvn -P release -DskipTests package'" >&2
  exit 2
fi

# Name and hash of each published file; what is never published is left out.
made() {
  (cd "$1" && find target cets-*/target -maxdepth 1 \( -name '*.jar' -o -name 'bom.*' \) \
    ! -path 'cets-bench/*' | LC_ALL=C sort | xargs sha256sum)
}

one=$(mktemp) two=$(mktemp)
trap 'rm -f "$one" "$two"' EXIT
made "$1" > "$one"
made "$2" > "$two"
if diff "$one" "$two"; then
  echo "$(wc -l < "$one") files, all the same"
else
  exit 1
fi
