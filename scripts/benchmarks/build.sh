#!/usr/bin/env bash
# build [--dependencies]: wall time of a clean release build, the stripped binary's size, and what each dependency adds.
#
# The last figures of the dependencies stand in scripts/benchmarks/dependencies.tsv; --dependencies measures them anew and
# writes them there: a program of one line that links the product, less the same program without it.
set -euo pipefail
cd "$(dirname "$0")/../.."

facts=$PWD/scripts/benchmarks/dependencies.tsv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Seconds of a release build of a package in a scratch folder of its own; fetching is not counted.
timed_build() {
  local package=$1 scratch=$2
  shift 2
  swift package --package-path "$package" --scratch-path "$scratch" resolve >&2
  local began=$EPOCHREALTIME
  swift build --package-path "$package" --scratch-path "$scratch" -c release "$@" >&2
  awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.0f", b - a }'
}

stripped_size() { strip -o "$work/stripped" "$1" && stat -c %s "$work/stripped"; }

# probe NAME DEPENDENCY PRODUCT IMPORT LINE: a package whose program links the product; prints seconds and bytes.
probe() {
  local name=$1 dependency=$2 product=$3 import=$4 line=$5 folder=$work/$1
  mkdir -p "$folder/Sources/probe"
  printf '%s\n%s\n' "$import" "$line" >"$folder/Sources/probe/main.swift"
  cat >"$folder/Package.swift" <<PACKAGE
// swift-tools-version: 6.1
import PackageDescription
let package = Package(
  name: "probe", dependencies: [$dependency],
  targets: [
    .executableTarget(
      name: "probe", dependencies: [$product],
      linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))])
  ])
PACKAGE
  local seconds
  seconds=$(timed_build "$folder" "$folder/.build")
  echo "$seconds $(stripped_size "$folder/.build/release/probe")"
}

measure_dependencies() {
  local base name version package line rest seconds size none_seconds none_size
  read -r none_seconds none_size < <(probe none "" "" "import Foundation" 'print(ProcessInfo.processInfo.processName)')
  {
    printf 'dependency\tbuild, s\tstripped, MB\n'
    while IFS='|' read -r name identity url line; do
      version=$(sed -nE "/\"identity\" : \"$identity\"/,/\"version\"/ s/.*\"version\" : \"([^\"]+)\".*/\1/p" Package.resolved)
      read -r seconds size < <(probe "$name" ".package(url: \"$url\", exact: \"$version\")" \
        ".product(name: \"$name\", package: \"$(basename "$url")\")" "import Foundation; import $name" "$line")
      awk -v n="$name $version" -v s="$((seconds - none_seconds))" -v b="$((size - none_size))" \
        'BEGIN { printf "%s\t%d\t%.1f\n", n, s, b / 1e6 }'
    done <<'PRODUCTS'
NIOHTTP1|swift-nio|https://github.com/apple/swift-nio|print(HTTPMethod.GET.rawValue)
PRODUCTS
  } >"$work/facts"
  cp "$work/facts" "$facts"
}

case "${1:-}" in
  "") ;;
  --dependencies) measure_dependencies ;;
  *) echo "usage: scripts/benchmark build [--dependencies]" >&2; exit 2 ;;
esac

seconds=$(timed_build . "$work/clean" --product mlp)
size=$(stripped_size "$work/clean/release/mlp")
packed=$(xz -T0 -c "$work/stripped" | wc -c)
awk -v s="$seconds" -v b="$size" -v x="$packed" 'BEGIN {
  printf "clean release build  %d s on this machine (the bar: 480 s on two cores)\n", s
  printf "stripped binary      %.1f MB, %.1f MB as .xz\n\n", b / 1e6, x / 1e6
}'
[ ! -f "$facts" ] || { echo "what each dependency adds, as last measured:"; column -t -s "$(printf '\t')" "$facts"; }
