/** CI systems whose pipelines or runners have an MTU of their own. */

import { dockerdFlags, lines, OLD_ENGINES, type RemedyTable } from './rule.ts';

export const CI = {
  drone: {
    file: '.drone.yml',
    format: 'yaml',
    snippet: ({ mtu }) =>
      lines('steps:', '  - name: build', '    image: plugins/docker', '    settings:', `      mtu: ${mtu}`),
    recreate:
      'Push the file: the next build has it. It reaches what the plugin builds, not the steps themselves. ' +
      'docker:dind as a service of the pipeline takes the flags of dind as its "command".',
    source: 'drone-plugins, drone-docker: daemon.mtu, PLUGIN_MTU',
  },
  'drone-docker-runner': {
    file: 'the environment of drone-runner-docker',
    format: 'env',
    // A map of this runner: a colon stands between name and value.
    snippet: ({ mtu }) => `DRONE_RUNNER_NETWORK_OPTS=com.docker.network.driver.mtu:${mtu}`,
    recreate: 'Start the runner anew: each pipeline gets a network of its own, with this option from then on.',
    source: 'drone-runners, drone-runner-docker: DRONE_RUNNER_NETWORK_OPTS',
  },
  woodpecker: {
    file: '.woodpecker.yml',
    format: 'yaml',
    snippet: ({ mtu }) =>
      lines(
        'steps:',
        '  - name: build',
        '    image: woodpeckerci/plugin-docker-buildx',
        '    settings:',
        `      mtu: ${mtu}`,
      ),
    recreate:
      'Push the file: the next pipeline has it. It reaches what the plugin builds, not the steps themselves. ' +
      'docker:dind as a service takes the flags of dind in its "entrypoint", behind dockerd-entrypoint.sh.',
    source: 'Woodpecker, plugin docker-buildx: mtu',
  },
  gitlab: {
    file: '.gitlab-ci.yml',
    format: 'yaml',
    snippet: (place) =>
      lines(
        'build:',
        '  image: docker:cli',
        '  services:',
        '    - name: docker:dind',
        '      command:',
        ...dockerdFlags(place).map((flag) => `        - ${flag}`),
      ),
    recreate:
      'Push the file: the next job has it. It reaches what docker builds and runs there; the network of the jobs ' +
      `themselves is the runner's (gitlab-runner). ${OLD_ENGINES}`,
    source: 'GitLab, Use Docker to build Docker images: docker:dind service, command',
  },
  'gitlab-runner': {
    file: '/etc/gitlab-runner/config.toml',
    format: 'toml',
    snippet: ({ mtu }) =>
      lines(
        '[[runners]]',
        '  executor = "docker"',
        '  [runners.docker]',
        `    network_mtu = ${mtu}`,
        '  [runners.feature_flags]',
        '    FF_NETWORK_PER_BUILD = true',
      ),
    recreate:
      'Put it into the section that is there; the runner reads it by itself, and the next job has it. docker:dind in a ' +
      'job does not inherit it.',
    source: 'GitLab Runner, Docker executor: network_mtu, FF_NETWORK_PER_BUILD',
  },
  github: {
    file: '.github/workflows/*.yml, on a runner that is a machine',
    format: 'yaml',
    snippet: ({ mtu }) =>
      lines(
        'steps:',
        '  - run: |',
        `      echo '{"mtu":${mtu},"default-network-opts":{"bridge":{"com.docker.network.driver.mtu":"${mtu}"}}}' |`,
        '        sudo tee /etc/docker/daemon.json',
        '      sudo systemctl restart docker',
      ),
    recreate:
      'Push the file; what daemon.json said before is lost. container: and services: are on a network that is made ' +
      'before the first step: on a runner of your own set the engine beforehand (docker), or see github-hooks.',
    source: 'GitHub, Workflow syntax: jobs.<job_id>.steps[*].run; Docker, dockerd reference',
  },
  'github-hooks': {
    file: 'the environment (.env) of a runner with container hooks for Docker',
    format: 'env',
    snippet: ({ mtu }) => `DOCKER_MTU=${mtu}`,
    recreate: 'Start the runner anew: the networks of its jobs get this MTU from then on.',
    source: 'GitHub, runner-container-hooks: packages/docker, network create',
  },
  'github-arc': {
    file: 'values.yaml of gha-runner-scale-set',
    format: 'yaml',
    snippet: (place) =>
      lines(
        '# without containerMode.type: with dind there the chart writes this container itself, and knows no MTU.',
        '# Everything else of the template is in the comments of values.yaml.',
        'template:',
        '  spec:',
        '    containers:',
        '      - name: dind',
        '        image: docker:dind',
        '        args:',
        '          - dockerd',
        '          - --host=unix:///var/run/docker.sock',
        '          - --group=$(DOCKER_GROUP_GID)',
        ...dockerdFlags(place).map((flag) => `          - ${flag}`),
      ),
    recreate:
      'helm upgrade: runners that start after it have it. container: and services: of a job are on a network of their ' +
      'own, which takes the second flag.',
    source: 'GitHub, Actions Runner Controller: gha-runner-scale-set, values.yaml',
  },
  'github-arc-legacy': {
    file: 'the RunnerDeployment',
    format: 'yaml',
    snippet: ({ mtu }) =>
      lines(
        'apiVersion: actions.summerwind.dev/v1alpha1',
        'kind: RunnerDeployment',
        'metadata:',
        '  name: runner',
        'spec:',
        '  template:',
        '    spec:',
        `      dockerMTU: ${mtu}`,
        '      env:',
        '        # networks that a job makes take the MTU of the default bridge',
        '        - name: ARC_DOCKER_MTU_PROPAGATION',
        '          value: "true"',
      ),
    recreate: 'kubectl apply: runners that start after it have it.',
    source: 'Actions Runner Controller, TROUBLESHOOTING.md: outgoing network action hangs indefinitely',
  },
} as const satisfies RemedyTable;
