#!/usr/bin/env bash
# Writes packaging/locks/*.txt anew from pyproject.toml: exact versions with the hashes of every file of each.
set -euo pipefail
cd "$(dirname "$0")/.."
compile=(.venv/bin/pip-compile -q --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate)
"${compile[@]}" -o packaging/locks/runtime.txt pyproject.toml
"${compile[@]}" --extra dev -c packaging/locks/runtime.txt -o packaging/locks/dev.txt pyproject.toml
printf 'setuptools>=77\n' | "${compile[@]}" -c packaging/locks/dev.txt -o packaging/locks/build.txt -
# Where this machine gets its packages from is nobody else's business: only packages and hashes stay.
sed -i '/^--/d; /^$/d' packaging/locks/*.txt
# What pyproject.toml wants on some machines only must not be asked for on the others: the compiler drops that condition.
sed -i "s/^atheris==\\([^ ;]*\\) /atheris==\\1 ; platform_machine == 'x86_64' /" packaging/locks/dev.txt
echo "== locked: $(grep -c == packaging/locks/runtime.txt) packages to run, $(grep -c == packaging/locks/dev.txt) to test"
