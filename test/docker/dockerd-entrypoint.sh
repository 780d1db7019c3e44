#!/bin/sh
# What the script of this name in the real docker:dind comes to, without TLS.
set -eu
exec docker-init -- dockerd --host=unix:///var/run/docker.sock --host=tcp://0.0.0.0:2375 "$@"
