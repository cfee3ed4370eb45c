#!/bin/sh
# Everything, cheap first. A part that fails does not hide the others; the last lines say which failed.
set -u
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
failed=""
# What another database may answer differently runs a second time on PostgreSQL.

part() {
    name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed="$failed [$name]"
}

python -m scripts.system_parts
part "lint, format, types" scripts/lint.sh
part "tests on SQLite" pytest -rs -n "${WORKERS:-2}" -m "not browser and not cluster"
part "tests in the browser" pytest -rs -n "${WORKERS:-2}" --dist loadfile -m browser tests/browser
part "tests on PostgreSQL" python -m scripts.with_postgres pytest -rs -n "${WORKERS:-2}" -m "not browser and not cluster" --second-database
part "tests on a search cluster" python -m scripts.with_cluster pytest -rs -n "${WORKERS:-2}" -m cluster

echo
if [ -n "$failed" ]; then
    echo "Failed:$failed"
    exit 1
fi
echo "All parts passed."
