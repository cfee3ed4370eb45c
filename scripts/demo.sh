#!/bin/sh
# Serve the demo on loopback as production would: granian, WhiteNoise, hashed static files, DEBUG off.
set -eu
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE=config.settings.dev DEBUG=0
export LOG_LEVEL="${LOG_LEVEL:-WARNING}"
port=${PORT:-8000}
export BASE_URL="${BASE_URL:-http://127.0.0.1:$port}" # the links in mails
mails=filemail:///var/mail # read without its first slash: a folder here
export EMAIL_URL="${EMAIL_URL:-$mails}"
mkdir -p var/mail

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
[ "$EMAIL_URL" = "$mails" ] && echo "  メールは送られず、var/mail/ に1通ずつ置かれます(ログインの番号もここで読めます)。"
echo
set -- .venv/bin/granian --interface wsgi config.wsgi:application \
    --host 127.0.0.1 --port "$port" --workers "${WORKERS:-2}" --blocking-threads 4 --log-level warning
# Mail, background tasks and daily jobs; it begins and ends with the site.
.venv/bin/python manage.py run_worker >/dev/null &
started=$!
# Only this service writes to a cluster (docs/operations.md).
if [ "${SEARCH_ENGINE:-database}" != database ]; then
    .venv/bin/python manage.py process_search_outbox --watch &
    started="$started $!"
fi
"$@" &
site=$!
# shellcheck disable=SC2086 # several ids
trap 'kill $started "$site" 2>/dev/null; wait' EXIT
trap 'exit 143' INT TERM
wait "$site"
