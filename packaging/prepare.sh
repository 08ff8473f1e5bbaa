#!/usr/bin/env bash
# Makes .venv ready: `prepare.sh run PYTHON` for running Quietline, `prepare.sh test PYTHON` for its tests as well.
# Installs Debian packages only when they are missing, as root or with sudo. A second run takes well under a second.
set -euo pipefail
what=$1
python=$2
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
venv=.venv

say() { printf '== %s\n' "$*"; }
fail() {
    printf 'Quietline cannot be prepared: %s\n' "$*" >&2
    exit 1
}

debian() { # debian PACKAGE ...: installs those that are missing
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local as=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "these Debian packages are missing: ${missing[*]}. Install them as root, or install sudo."
        as=(sudo)
    fi
    say "installing Debian packages: ${missing[*]}"
    "${as[@]}" apt-get update -q
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

command -v "$python" >/dev/null || debian python3 python3-venv
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" --version) is too old, Python 3.11 or newer is needed. Name another one with: make PYTHON=/path/to/python3 ..."
"$python" -c 'import ensurepip, venv' 2>/dev/null || debian python3-venv
if [ "$what" = test ]; then
    # chromium: the browser tests; iaxmodem, iproute2: a software modem to be rung; systemd: checks of the units; sox,
    # mgetty-pvftools: other people's sound encoders; mgetty-voice: a voice program to judge the simulated modem.
    debian chromium iaxmodem iproute2 util-linux systemd make sox mgetty-pvftools mgetty-voice
fi

locks=(packaging/locks/build.txt packaging/locks/runtime.txt)
[ "$what" = test ] && locks=(packaging/locks/dev.txt)
[ "$what" = run ] && [ -f "$venv/.ready-test" ] && what=test && locks=(packaging/locks/dev.txt)
stamp=$(cat pyproject.toml "${locks[@]}" | sha256sum | cut -d' ' -f1)" $("$python" --version)"
if [ "$(cat "$venv/.ready-$what" 2>/dev/null)" != "$stamp" ]; then
    if [ -x "$venv/bin/python" ] && [ "$("$venv/bin/python" --version)" != "$("$python" --version)" ]; then
        say "the Python version changed: making $venv anew"
        rm -rf "$venv"
    fi
    if [ ! -x "$venv/bin/python" ]; then
        say "making $venv with $("$python" --version)"
        # The system's packages stay visible on a Raspberry Pi only: its lgpio, for the pins, comes from there.
        options=()
        grep -qs 'Raspberry Pi' /proc/device-tree/model && options=(--system-site-packages)
        "$python" -m venv "${options[@]}" "$venv"
    fi
    say "installing the locked Python packages (${locks[*]##*/})"
    requirements=()
    for lock in "${locks[@]}"; do requirements+=(-r "$lock"); done
    "$venv/bin/python" -m pip install --disable-pip-version-check --require-hashes "${requirements[@]}"
    say "installing the quietline command"
    "$venv/bin/python" -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
    rm -f "$venv"/.ready-*
    printf '%s\n' "$stamp" >"$venv/.ready-$what"
fi
say "ready: $venv ($what)"
