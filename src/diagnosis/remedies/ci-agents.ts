/** CI systems whose agents start an engine, or have the MTU in their environment. */

import { dockerdFlags, lines, OLD_ENGINES, type Place, type RemedyTable } from './rule.ts';

/** A container with an engine of its own, as a list entry. */
function dind(place: Place, indent: string): readonly string[] {
  return [
    '- name: dind',
    '  image: docker:dind',
    '  args:',
    ...dockerdFlags(place).map((flag) => `    - ${flag}`),
    '  securityContext:',
    '    privileged: true',
  ].map((line) => `${indent}${line}`);
}

export const CI_AGENTS = {
  azure: {
    file: 'the environment of the agent',
    format: 'env',
    // AGENT_MTU_VALUE, which older pages name, is read by nobody.
    snippet: ({ mtu }) => `AGENT_DOCKER_MTU_VALUE=${mtu}`,
    recreate: 'Start the agent anew: the networks of its container jobs get this MTU from then on.',
    source: 'Azure Pipelines agent, AgentKnobs.cs: AGENT_DOCKER_MTU_VALUE',
  },
  jenkins: {
    file: 'the pod of the Kubernetes plugin (podTemplate, yaml)',
    format: 'yaml',
    snippet: (place) => lines('apiVersion: v1', 'kind: Pod', 'spec:', '  containers:', ...dind(place, '    ')),
    recreate: `The next build gets a pod with it; an agent that waits for work keeps what it has. ${OLD_ENGINES}`,
    source: 'Jenkins, Kubernetes plugin: declarative pipeline, yaml; Docker Official Image docker',
  },
  buildkite: {
    file: '.buildkite/pipeline.yml, for agent-stack-k8s',
    format: 'yaml',
    snippet: (place) =>
      lines(
        'steps:',
        '  - label: build',
        '    plugins:',
        '      - kubernetes:',
        '          sidecars:',
        ...dind(place, '            '),
      ),
    recreate: `The next job has it. ${OLD_ENGINES}`,
    source: 'Buildkite, agent-stack-k8s: sidecars; Docker Official Image docker',
  },
  tekton: {
    file: 'the Task',
    format: 'yaml',
    snippet: (place) =>
      lines(
        'apiVersion: tekton.dev/v1',
        'kind: Task',
        'metadata:',
        '  name: build',
        'spec:',
        '  sidecars:',
        ...dind(place, '    '),
      ),
    recreate: `kubectl apply: the next TaskRun has it. kaniko has no network of its own and needs none of this. ${OLD_ENGINES}`,
    source: 'Tekton, Tasks: specifying sidecars; Docker Official Image docker',
  },
  circleci: {
    file: '.circleci/config.yml',
    format: 'yaml',
    snippet: ({ mtu }) =>
      lines(
        'jobs:',
        '  build:',
        '    machine: true',
        '    steps:',
        '      - run: |',
        `          echo '{"mtu":${mtu},"default-network-opts":{"bridge":{"com.docker.network.driver.mtu":"${mtu}"}}}' |`,
        '            sudo tee /etc/docker/daemon.json',
        '          sudo systemctl restart docker',
      ),
    recreate:
      'Push the file; what daemon.json said before is lost. Only the machine executor has an engine that a job may set.',
    source: 'CircleCI, Using the Linux VM execution environment; Docker, dockerd reference',
  },
  teamcity: {
    file: '/etc/docker/daemon.json in the image of the agent',
    format: 'json',
    snippet: ({ mtu }) => lines('{', `  "mtu": ${mtu}`, '}'),
    recreate: 'Start the agent anew, with the file built or mounted into it. It reaches the default bridge only.',
    source: 'JetBrains, TeamCity agent image with Docker; Docker, dockerd reference',
  },
  concourse: {
    file: 'the environment of the worker, with the runtime containerd',
    format: 'env',
    snippet: ({ mtu }) => `CONCOURSE_CONTAINERD_MTU=${mtu}`,
    recreate: 'Start the worker anew; without this, containers get the MTU of the interface that leads out.',
    source: 'Concourse, concourse worker --help: --containerd-mtu',
  },
} as const satisfies RemedyTable;
