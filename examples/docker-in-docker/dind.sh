#!/bin/sh
# The container in the pod that runs an engine of its own, as CI systems do for "docker build".
set -eu

# Without --privileged these are mounted read-only, and the engine writes there: its containers' control groups, and
# ip_forward. What is no mount, or writable already, stays as it is.
for mount in /sys /proc/sys /sys/fs/cgroup /sys/fs/cgroup/*/; do
  mount -o remount,bind,rw "$mount" 2>/dev/null || true
done

ip route add "$INTERNET" via "$NODE"
exec dockerd-entrypoint.sh "$@"
