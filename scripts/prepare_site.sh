#!/bin/sh
# Bring the database named by the environment to a site one can look at: tables, demo content, search index, static
# files. Every step is safe to repeat and keeps what is there.
set -eu
cd "$(dirname "$0")/.."
manage=".venv/bin/python manage.py"

$manage migrate --verbosity 0
$manage createcachetable
$manage collectstatic --noinput --verbosity 0
$manage load_demo
