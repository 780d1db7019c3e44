#!/bin/sh
# mtu-probe.sh CONTEXT [OPTION of docker run]...: measures, and annotates the build with what was found.
#
# A script of its own, since a pipeline replaces $NAME in its commands before an agent sees them (Buildkite, Environment
# variables: runtime interpolation).
set -u
context=$1
shift

# BUILDKITE chooses what to paste (Buildkite, Environment variables).
code=0
report=$(docker run --rm --env BUILDKITE "$@" mtu-probe:0.1.0 run --target rubygems.org --format markdown) || code=$?
printf '%s\n' "$report"

# 0: nothing to say. 2: the error is in the log, and there is no report.
case $code in
  1) style=error ;;
  3) style=warning ;;
  *) exit "$code" ;;
esac
printf '%s\n' "$report" | buildkite-agent annotate --context "$context" --style "$style"
exit "$code"
