#!/bin/sh
# Install Debian packages without asking anything. Fails quietly where apt or root is missing: the caller says what to do.
set -eu
command -v apt-get >/dev/null 2>&1 || exit 1
[ "$(id -u)" = 0 ] || exit 1
export DEBIAN_FRONTEND=noninteractive
echo "Installing from the system's packages: $*" >&2
apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null 2>&1 && exit 0
apt-get update -qq </dev/null >/dev/null 2>&1 || true
apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
