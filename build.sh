#!/usr/bin/env bash
# Builds qissa as one file that needs nothing else, and its manual, into dist/:
#   ./build.sh               for this system
#   ./build.sh linux/arm64   for others, as many as are named
#   ./build.sh all           for Linux, macOS and Windows, amd64 and arm64
# One commit and one version of Go give the same bytes, wherever they are built.
set -euo pipefail
cd "$(dirname "$0")"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export CGO_ENABLED=0 SOURCE_DATE_EPOCH

targets=("$@")
case ${1:-} in
  '') targets=("$(go env GOOS)/$(go env GOARCH)") ;;
  all) targets=({linux,darwin,windows}/{amd64,arm64}) ;;
esac
mkdir -p dist
go run -buildvcs=true -tags man ./cmd/qissa dist/man
for target in "${targets[@]}"; do
  os=${target%/*} arch=${target#*/} suffix=
  [ "$os" != windows ] || suffix=.exe
  GOOS=$os GOARCH=$arch go build -trimpath -buildvcs=true -ldflags='-s -w' -o "dist/qissa-$os-$arch$suffix" ./cmd/qissa
  (cd dist && sha256sum "qissa-$os-$arch$suffix")
done
