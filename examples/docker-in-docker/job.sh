#!/bin/sh
# The CI job. DOCKER_HOST is the engine in the pod; the outer one only hands over an image.
set -eu

say() { printf '\n== %s\n' "$*"; }

# In the RUN line something has to follow: a last command would be process 1, which "timeout" cannot end.
build() {
  docker build --no-cache --add-host "cdn:$CDN" "$@" - <<'EOF'
FROM base
RUN timeout 8 wget -O /dev/null --no-check-certificate https://cdn/3mb && echo 'got it'
EOF
}

say 'Getting ready: the engine in the pod receives two images.'
# "base" is what this container itself runs on, without Docker: nothing else would have to be pulled.
(cd / && tar -cf - bin etc lib* sbin usr/bin usr/lib* usr/sbin) | docker import - base
docker -H unix:///var/run/docker.sock save mtu-probe | docker load

say 'The CI job: a "docker build" that downloads 3 MB from https://cdn, in at most 8 seconds.'
if build; then
  say 'The build passed.'
else
  say 'The build hung, and failed. Once more, in the network of the pod itself (--network host):'
  build --network host
  say 'That passed. Only what the engine builds and runs in a network of its own hangs. Why?'
fi

say 'Asking mtu-probe, from a container where the build ran:'
code=0
docker run --rm --add-host "cdn:$CDN" mtu-probe run --target https://cdn/3mb || code=$?

case $code in
  0) say 'Packets of every size get through, both ways.' ;;
  1) say 'That is why. The same job after the cure: docker compose run --rm fixed' ;;
esac
exit "$code"
