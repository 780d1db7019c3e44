/** Container engines: these take the MTU of the containers themselves. */

import { dockerdFlags, lines, OLD_ENGINES, type RemedyTable } from './rule.ts';

export const ENGINES = {
  docker: {
    file: '/etc/docker/daemon.json',
    format: 'json',
    snippet: ({ mtu }) =>
      lines(
        '{',
        `  "mtu": ${mtu},`,
        '  "default-network-opts": {',
        // A string: as a number the engine refuses the file.
        `    "bridge": { "com.docker.network.driver.mtu": "${mtu}" }`,
        '  }',
        '}',
      ),
    recreate:
      'Restart the engine and start containers anew. "mtu" reaches the default bridge only; networks of your own take ' +
      `"default-network-opts" when they are made: remove and make them again. ${OLD_ENGINES}`,
    source: 'Docker, dockerd reference: daemon configuration file, default network options',
  },
  'docker-network': {
    file: 'a shell, in the place of the network that containers are on now',
    format: 'sh',
    snippet: ({ mtu }) => `docker network create -o com.docker.network.driver.mtu=${mtu} mtu-${mtu}`,
    recreate:
      'The option is read when a network is made: containers have to be started anew on the new one. The "mtu" of the ' +
      'engine reaches its default bridge only, and no network that somebody made.',
    source: 'Docker, docker network create: bridge driver options',
  },
  compose: {
    file: 'docker-compose.yml',
    format: 'yaml',
    snippet: ({ mtu }) =>
      lines(
        'networks:',
        '  default:',
        '    driver: bridge',
        '    driver_opts:',
        `      com.docker.network.driver.mtu: "${mtu}"`,
      ),
    recreate:
      'docker compose down, then up: a network that is there keeps its MTU. Builds do not use networks of Compose: ' +
      'give them build: { network: host }, or set "mtu" in daemon.json.',
    source: 'Docker, Compose file reference: networks, driver_opts',
  },
  dind: {
    file: 'the pod or service that runs docker:dind',
    format: 'yaml',
    snippet: (place) =>
      lines(
        'containers:',
        '  - name: dind',
        '    image: docker:dind',
        '    args:',
        ...dockerdFlags(place).map((flag) => `      - ${flag}`),
      ),
    recreate:
      'Start the pod or service anew, and what was built or started in it. The image has no variable for this: ' +
      `DOCKERD_ROOTLESS_ROOTLESSKIT_MTU is read by docker:dind-rootless only. ${OLD_ENGINES}`,
    source: 'Docker Official Image docker: dockerd-entrypoint.sh; dockerd reference',
  },
  buildkit: {
    file: 'a shell, where the builder is made',
    format: 'sh',
    snippet: ({ mtu }) =>
      lines(
        `# BuildKit has no MTU: its steps get that of the host or pod it runs in, which may be no larger than ${mtu}`,
        'docker buildx create --use --driver-opt network=host',
      ),
    recreate:
      'Make the builder anew. The builder inside the engine (driver docker) is on its default bridge instead: ' +
      '"mtu" in daemon.json reaches it.',
    source: 'Docker, docker buildx create: driver options of docker-container',
  },
  'rootless-docker': {
    file: '~/.config/systemd/user/docker.service.d/override.conf',
    format: 'ini',
    snippet: ({ mtu }) => lines('[Service]', `Environment="DOCKERD_ROOTLESS_ROOTLESSKIT_MTU=${mtu}"`),
    recreate:
      'systemctl --user daemon-reload, then systemctl --user restart docker. Networks inside need the number as ' +
      'well: ~/.config/docker/daemon.json, as for docker.',
    source: 'moby, contrib/dockerd-rootless.sh',
  },
  swarm: {
    file: 'a shell on a manager',
    format: 'sh',
    snippet: ({ mtu }) =>
      lines(
        '# what containers get: the MTU of the nodes, less the 50 bytes of VXLAN',
        `docker network create -d overlay --opt com.docker.network.driver.mtu=${mtu} overlay-${mtu}`,
        '# the routing mesh, while no service publishes a port',
        'docker network rm ingress',
        `docker network create -d overlay --ingress --opt com.docker.network.driver.mtu=${mtu} ingress`,
      ),
    recreate:
      'Every overlay network has to be made anew, and services to be put on it. docker_gwbridge, which leads out, is ' +
      'made anew on each node.',
    source: 'Docker, Manage swarm service networks: customize ingress, docker_gwbridge',
  },
  kind: {
    file: 'a shell on the host',
    format: 'sh',
    snippet: ({ mtu }) =>
      lines(
        `# kind copies the MTU of the default bridge: "mtu": ${mtu} in daemon.json and a restart of the engine come first`,
        'kind delete cluster',
        'docker network rm kind',
        'kind create cluster',
      ),
    recreate: 'The cluster, with everything in it: its network is made once.',
    source: 'kind, pkg/cluster/internal/providers/docker/network.go',
  },
  minikube: {
    file: 'a shell on the host',
    format: 'sh',
    snippet: ({ mtu }) =>
      lines(
        `# the Docker driver copies the MTU of the default bridge: "mtu": ${mtu} in daemon.json and a restart come first`,
        'minikube delete',
        `minikube start --docker-opt mtu=${mtu}`,
      ),
    recreate: 'The cluster, with everything in it. --docker-opt is for the container runtime docker.',
    source: 'minikube, minikube start: --docker-opt',
  },
} as const satisfies RemedyTable;
