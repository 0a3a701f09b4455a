#!/usr/bin/env bash
# Puts vaultlint on the runner: the release that belongs to this action, or the one that VERSION names; where there is no
# such release yet, a build of this very checkout. Says in GITHUB_OUTPUT where the program is.
set -euo pipefail

source_folder=$(cd "$(dirname "$0")/../.." && pwd)
# The release belongs to the repository of the action; a local `uses: ./` has none.
repository=${REPOSITORY:-}
own_version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$source_folder/Cargo.toml" | head -n 1)
version=${VERSION:-$own_version}
version=${version#v}
if ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+([-+.][0-9A-Za-z.-]+)?$ ]]; then
    echo "::error::vaultlint: a version is three numbers, such as $own_version"
    exit 2
fi

case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) target=x86_64-unknown-linux-musl archive=tar.gz ;;
    Linux-aarch64) target=aarch64-unknown-linux-musl archive=tar.gz ;;
    Darwin-x86_64) target=x86_64-apple-darwin archive=tar.gz ;;
    Darwin-arm64) target=aarch64-apple-darwin archive=tar.gz ;;
    MINGW*-x86_64 | MSYS*-x86_64) target=x86_64-pc-windows-msvc archive=zip ;;
    *) target='' archive='' ;;
esac

folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/vaultlint.XXXXXX")

release() { # downloads, compares the checksum, unpacks
    [ -n "$target" ] && [ -n "$repository" ] || return 1
    local name=vaultlint-$target.$archive
    gh release download "v$version" --repo "$repository" --dir "$folder" --pattern "$name" --pattern "$name.sha256" || return 1
    (cd "$folder" && checksum "$name.sha256") || { echo "::error::vaultlint: the checksum of $name is wrong"; exit 2; }
    # Windows has no unzip in its bash, but its own tar reads zip files.
    if [ "$archive" = zip ]; then (cd "$folder" && "${SYSTEMROOT:-/c/Windows}/System32/tar.exe" -xf "$name"); else tar -xzf "$folder/$name" -C "$folder"; fi
    program=$(find "$folder" -type f \( -name vaultlint -o -name vaultlint.exe \) | head -n 1)
    [ -n "$program" ]
}

checksum() {
    if command -v sha256sum >/dev/null; then sha256sum --check --quiet "$1"; else shasum -a 256 --check --quiet "$1"; fi
}

build() {
    command -v cargo >/dev/null || { echo "::error::vaultlint: no release $version for this runner, and no Rust to build one"; exit 2; }
    cargo build --release --locked --manifest-path "$source_folder/Cargo.toml" --target-dir "$folder/target"
    program=$folder/target/release/vaultlint
    [ -x "$program" ] || program=$program.exe
}

program=''
if ! release; then
    if [ "$version" != "$own_version" ]; then
        echo "::error::vaultlint: there is no release $version to install"
        exit 2
    fi
    echo "no release $version for this runner: building it"
    build
fi
"$program" --version
echo "program=$program" >>"$GITHUB_OUTPUT"
