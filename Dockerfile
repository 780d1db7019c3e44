# mtu-probe as one executable on a base that has a C library and nothing else: no shell, no Node.js, no build tools.
#
#   docker build --tag mtu-probe .
#   docker run --rm --network container:NAME mtu-probe run --target rubygems.org
#   docker run --read-only --volume mtu-probe:/var/lib/mtu-probe mtu-probe watch --target rubygems.org \
#     --history /var/lib/mtu-probe/history.db
#
# Another registry, or digests instead of tags: --build-arg NODE_IMAGE=… --build-arg BASE_IMAGE=…
ARG NODE_IMAGE=node:24-bookworm
ARG BASE_IMAGE=gcr.io/distroless/cc-debian12:nonroot

FROM ${NODE_IMAGE} AS build
WORKDIR /mtu-probe
COPY package.json package-lock.json .npmrc ./
# What the lock file says, and nothing else.
RUN npm ci
COPY scripts scripts
COPY docs docs
COPY completions completions
COPY src src
# Permitted, not effective: the program takes up what the container was given, and starts where it was given nothing
# (with the effective bit, --cap-drop ALL would end in "operation not permitted").
RUN command -v setcap || (apt-get update && apt-get install --yes --no-install-recommends libcap2-bin)
RUN scripts/build-standalone /out/usr && setcap cap_net_raw,cap_net_admin,cap_sys_admin,cap_sys_ptrace+p /out/usr/bin/mtu-probe && mkdir -p /out/var/lib/mtu-probe

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="mtu-probe" \
      org.opencontainers.image.description="Finds which packet sizes really get through, in both directions, from inside a container" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
# The native parts lie beside the program, so that it writes nowhere: --read-only will do.
COPY --from=build /out/usr /usr
# For the history of `watch`: a volume that is mounted there for the first time belongs to the user below.
COPY --from=build --chown=65532:65532 /out/var/lib/mtu-probe /var/lib/mtu-probe
USER 65532:65532
# No HEALTHCHECK, since most of what runs in it is no service: examples/watch/docker-compose.yml has the one of `watch`.
ENTRYPOINT ["/usr/bin/mtu-probe"]
