# Installs what is missing: outside the checkout, in folders named after name and version, so that they are shared
# by checkouts and replaced when a version here changes.
# shellcheck shell=bash

rust_target() {
  need cargo "https://rustup.rs"
  local libs
  libs="$(rustc --print target-libdir --target "$WASM_TARGET" 2>/dev/null || true)"
  if [ -n "$libs" ] && compgen -G "$libs/libcore-*.rlib" >/dev/null; then return; fi
  command -v rustup >/dev/null ||
    die "this Rust has no $WASM_TARGET and there is no rustup to add it: install your system's package for it (Debian: libstd-rust-dev-wasm32) or use rustup."
  step "add Rust's $WASM_TARGET target" rustup target add "$WASM_TARGET"
}

# cargo_tool CRATE VERSION PROGRAM [OPTION…]: puts PROGRAM on PATH, from PATH, the cache or by installation.
cargo_tool() {
  local crate=$1 version=$2 program=$3 folder="$CACHE/$1-$2"
  shift 3
  if [ -x "$folder/bin/$program" ]; then
    PATH="$folder/bin:$PATH"
    return
  fi
  if "$program" --version 2>/dev/null | grep -qwF "$version"; then return; fi
  need cargo "https://rustup.rs"
  if command -v cargo-binstall >/dev/null; then
    say "install $crate $version from its release into $folder"
    cargo binstall --no-confirm --disable-telemetry --root "$folder" "$crate@$version" ||
      say "no release to be had: it is built from source"
  fi
  if [ ! -x "$folder/bin/$program" ]; then
    # Lightly optimised: building them takes minutes, running them milliseconds.
    step "build $crate $version into $folder (once; 2 to 15 minutes)" \
      env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET -u CARGO_TARGET_DIR \
      CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
      cargo install --quiet --locked "$@" --version "$version" --root "$folder" "$crate"
  fi
  PATH="$folder/bin:$PATH"
}

npm_packages() {
  need node "https://nodejs.org, version 20 or later"
  need npm "https://nodejs.org, version 20 or later"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] ||
    die "Node.js $(node --version) is too old: install version 20 or later, then run make $TARGET_NAME again."
  # npm's own note of what it installed is as new as the installation.
  local installed=www/node_modules/.package-lock.json
  if [ ! -e "$installed" ] || [ www/package-lock.json -nt "$installed" ] || [ www/package.json -nt "$installed" ]; then
    step "install the npm packages of www/package-lock.json" npm ci --prefix www --ignore-scripts --loglevel=error
    touch "$installed"
  fi
  PATH="$PWD/www/node_modules/.bin:$PATH"
}

# The browser of the tests and its driver: CHROME and CHROMEDRIVER, or PATH, or apt-get.
browser() {
  find_browser
  if [ -z "${CHROME:-}" ] || [ -z "${CHROMEDRIVER:-}" ]; then
    if [ "$(id -u)" -eq 0 ] && grep -qsE '^ID(_LIKE)?=.*debian' /etc/os-release && command -v apt-get >/dev/null; then
      say "install chromium and chromium-driver by apt-get"
      { apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-driver; } >&2 ||
        say "apt-get could not install them"
      find_browser
    fi
  fi
  [ -n "${CHROME:-}" ] && [ -n "${CHROMEDRIVER:-}" ] ||
    die "the tests need Chrome or Chromium and its chromedriver: put both on PATH or name them by CHROME=… CHROMEDRIVER=… (Debian: chromium, chromium-driver)."
  [ -x "$CHROME" ] || die "CHROME=$CHROME is not a program."
  [ -x "$CHROMEDRIVER" ] || die "CHROMEDRIVER=$CHROMEDRIVER is not a program."
  export CHROME CHROMEDRIVER
}

find_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
    [ -n "${CHROME:-}" ] || CHROME="$(command -v "$name" || true)"
  done
  [ -n "${CHROMEDRIVER:-}" ] || CHROMEDRIVER="$(command -v chromedriver || true)"
}

# What a build of the page needs.
page_tools() {
  rust_target
  cargo_tool trunk "$TRUNK_VERSION" trunk --no-default-features
  cargo_tool wasm-bindgen-cli "$BINDGEN_VERSION" wasm-bindgen
  npm_packages
  export PATH
}
