#!/bin/sh
# Serve the demo on loopback as production would: granian, WhiteNoise, hashed static files, DEBUG off.
set -eu
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE=config.settings.dev DEBUG=0
export LOG_LEVEL="${LOG_LEVEL:-WARNING}"
port=${PORT:-8000}

.venv/bin/python - "$port" <<'PY'
import socket
import sys

with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(sys.argv[1])))
    except (OSError, OverflowError, ValueError):
        sys.exit(f"Port {sys.argv[1]} cannot be used: is something running there? Choose another: make demo PORT=8001")
PY

.venv/bin/python -m scripts.prepare_site
echo
echo "  つなぐ  http://127.0.0.1:$port/   (Ctrl+C で終了)"
echo
set -- .venv/bin/granian --interface wsgi config.wsgi:application \
    --host 127.0.0.1 --port "$port" --workers "${WORKERS:-2}" --blocking-threads 4 --log-level warning
[ "${SEARCH_ENGINE:-database}" = database ] && exec "$@"

# Only this service writes to a cluster (docs/operations.md); it begins and ends with the site.
.venv/bin/python manage.py process_search_outbox --watch &
worker=$!
"$@" &
site=$!
trap 'kill "$worker" "$site" 2>/dev/null; wait' EXIT
trap 'exit 143' INT TERM
wait "$site"
