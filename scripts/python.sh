#!/bin/sh
# Print the path of a Python that can run the project (3.11 or newer).
# A version manager may leave a shim for a version it does not have, so each candidate is run, not only looked for.
set -eu

runs() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    candidates=$PYTHON
else
    candidates="python3.11 python3.12 python3.13 python3 python"
fi
for candidate in $candidates; do
    if runs "$candidate"; then
        "$candidate" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done
echo "No Python 3.11 or newer among: $candidates. Install one, or name it: make PYTHON=/path/to/python3.11 …" >&2
exit 1
