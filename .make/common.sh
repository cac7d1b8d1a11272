# Shared by the scripts of this folder: where things are, and how a step is told and fails.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

TRUNK_VERSION=0.21.14
BINDGEN_VERSION=0.2.129 # equal to wasm-bindgen's in Cargo.toml
WASM_TARGET=wasm32-unknown-unknown
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/cellscope"
TARGET_NAME="$(basename "$0")" # `make $TARGET_NAME` repeats this script

say() { printf '==> %s\n' "$*"; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# step TITLE COMMAND…: says what it does, runs it, says how long it took, and on failure names itself and how to retry.
step() {
  local title=$1 status=0 began=$SECONDS
  shift
  say "$title"
  "$@" || status=$?
  if [ "$status" -eq 0 ]; then
    say "$title: $((SECONDS - began)) s"
    return
  fi
  printf 'error: the step "%s" failed (exit status %s). Retry with: make %s\n' "$title" "$status" "$TARGET_NAME" >&2
  exit "$status"
}

need() { # need PROGRAM WHERE-FROM
  command -v "$1" >/dev/null || die "$1 is missing: install it ($2), then run make $TARGET_NAME again."
}

# RUSTFLAGS in the environment replaces the flags of .cargo/config.toml: add them back.
with_simd() {
  local flag='-C target-feature=+simd128 -C llvm-args=--inline-threshold=40'
  if [ -n "${CARGO_ENCODED_RUSTFLAGS:-}" ]; then
    CARGO_ENCODED_RUSTFLAGS+=$'\x1f-C\x1ftarget-feature=+simd128\x1f-C\x1fllvm-args=--inline-threshold=40' "$@"
  elif [ -n "${RUSTFLAGS:-}" ]; then
    RUSTFLAGS+=" $flag" "$@"
  else
    "$@"
  fi
}
