#!/bin/sh
# Make .venv hold exactly what the lock says: `install.sh runtime` (to run the site) or `install.sh dev` (to test it).
# A stamp keyed by the lock's contents makes a second run take no time.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-runtime}
venv=.venv

[ -x "$venv/bin/python" ] || {
    python=$(scripts/python.sh)
    # Debian ships the module without what it needs to put pip into the environment.
    "$python" -m venv "$venv" 2>/dev/null || {
        scripts/apt_install.sh python3-venv || {
            echo "This Python cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv" >&2
            exit 1
        }
        rm -rf "$venv"
        "$python" -m venv "$venv"
    }
}

fingerprint() {
    "$venv/bin/python" -c '
import hashlib, pathlib, sys
print(hashlib.sha256(b"".join(pathlib.Path(name).read_bytes() for name in sys.argv[1:])).hexdigest()[:20])
' "$@"
}

runtime_stamp=$venv/.runtime-$(fingerprint requirements.lock)
dev_stamp=$venv/.dev-$(fingerprint requirements.lock requirements-dev.lock)
project_stamp=$venv/.project-$(fingerprint pyproject.toml)
pip="$venv/bin/python -m pip --disable-pip-version-check --no-input"

if [ "$kind" = dev ]; then
    [ -e "$dev_stamp" ] || {
        echo "Installing what the tests need (once) …"
        $pip install --quiet --require-hashes -r requirements-dev.lock
        rm -f "$venv"/.runtime-* "$venv"/.dev-*
        touch "$runtime_stamp" "$dev_stamp"
    }
elif [ ! -e "$runtime_stamp" ]; then
    echo "Installing what the site needs (once, a minute or two) …"
    $pip install --quiet --require-hashes -r requirements.lock
    rm -f "$venv"/.runtime-* "$venv"/.dev-*
    touch "$runtime_stamp"
fi

[ -e "$project_stamp" ] || {
    # hatchling and editables are in the lock: nothing is fetched outside it.
    $pip install --quiet --no-deps --no-build-isolation -e .
    rm -f "$venv"/.project-*
    touch "$project_stamp"
}
