#!/bin/sh
# Read-only checks of the sources; every one runs, so that one sitting mends them all. `make format` mends most.
set -u
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
status=0

ruff check . || status=1
ruff format --check . || status=1
find templates site directory events search -name '*.html' -print0 | xargs -0 -r djade --check --target-version 5.2 || status=1
mypy directory events search site scripts || status=1
exit $status
