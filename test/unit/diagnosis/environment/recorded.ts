/**
 * What a job finds around itself, as the documentation of each CI system gives it: its own variables among others that
 * are nobody's business, and the files that its container has.
 */

import type { Environment } from '../../../../src/contract.ts';

export interface Recorded {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  /** By path; a folder ends in a slash. */
  readonly files: Readonly<Record<string, string>>;
  readonly environments: readonly Environment[];
  /** The environments of the remedies that a report prints, for an MTU below that of our interface. */
  readonly printed: readonly Environment[];
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Kubernetes, Accessing the Kubernetes API from a Pod; DNS for Services and Pods. */
const POD = {
  variables: { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443', HOSTNAME: 'pod' },
  files: {
    [`${SERVICE_ACCOUNT}/namespace`]: 'ci',
    [`${SERVICE_ACCOUNT}/token`]: 'hunter2',
    '/etc/hosts': '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n10.244.1.113\tpod\n',
    '/etc/resolv.conf': 'search ci.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\n',
  },
};

/** Docker, Networking: DNS services; on the default bridge the file of the host is copied. */
const CONTAINER = { '/.dockerenv': '', '/etc/resolv.conf': 'nameserver 192.168.88.1\n' };
const ON_NETWORK = { '/.dockerenv': '', '/etc/resolv.conf': 'nameserver 127.0.0.11\noptions ndots:0\n' };
const INSIDE_POD = { '/.dockerenv': '', '/etc/resolv.conf': POD.files['/etc/resolv.conf'] };

/** Drone, Environment reference. */
const DRONE = { CI: 'true', DRONE: 'true', DRONE_STAGE_KIND: 'pipeline', DRONE_REPO: 'starbops/blog' };
/** GitHub, Variables reference. */
const GITHUB = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKFLOW: 'build', GITHUB_TOKEN: 'hunter2' };
/** GitLab, Predefined CI/CD variables. */
const GITLAB = { CI: 'true', GITLAB_CI: 'true', CI_JOB_TOKEN: 'hunter2', CI_SERVER_NAME: 'GitLab' };

export const RECORDED: readonly Recorded[] = [
  {
    name: 'a step of Drone in Kubernetes',
    variables: { ...POD.variables, ...DRONE, DRONE_STAGE_TYPE: 'kubernetes' },
    files: POD.files,
    environments: ['drone', 'kubernetes'],
    printed: ['drone', 'kubernetes', 'docker'],
  },
  {
    name: 'a step of Drone on Docker',
    variables: { ...DRONE, DRONE_STAGE_TYPE: 'docker' },
    files: ON_NETWORK,
    environments: ['drone', 'drone-docker-runner', 'docker-network', 'docker'],
    printed: ['drone', 'drone-docker-runner', 'docker-network'],
  },
  {
    name: 'a build inside of plugins/docker, which hands no variables on',
    variables: { HOSTNAME: '7608dc4f4951' },
    files: INSIDE_POD,
    environments: ['dind', 'docker'],
    printed: ['dind', 'docker', 'drone'],
  },
  {
    name: 'a step of Woodpecker',
    variables: { CI: 'woodpecker', CI_SYSTEM_NAME: 'woodpecker', CI_REPO: 'octocat/hello-world' },
    files: ON_NETWORK,
    environments: ['woodpecker', 'docker-network', 'docker'],
    printed: ['woodpecker', 'docker-network', 'compose'],
  },
  {
    name: 'a step of an old Woodpecker, which still calls itself Drone',
    variables: { ...DRONE, CI: 'woodpecker' },
    files: ON_NETWORK,
    environments: ['woodpecker', 'docker-network', 'docker'],
    printed: ['woodpecker', 'docker-network', 'compose'],
  },
  {
    name: 'a job of GitLab in Kubernetes, with docker:dind beside it',
    variables: { ...POD.variables, ...GITLAB, DOCKER_TLS_CERTDIR: '/certs', DOCKER_HOST: 'tcp://docker:2376' },
    files: POD.files,
    environments: ['gitlab', 'kubernetes', 'dind'],
    printed: ['gitlab', 'kubernetes', 'dind'],
  },
  {
    name: 'a job of GitLab on Docker, with docker:dind beside it and no TLS',
    variables: { ...GITLAB, DOCKER_TLS_CERTDIR: '', DOCKER_HOST: 'tcp://docker:2375' },
    files: CONTAINER,
    environments: ['gitlab', 'gitlab-runner', 'dind', 'docker'],
    printed: ['gitlab', 'gitlab-runner', 'dind'],
  },
  {
    name: 'a step of GitHub Actions on a hosted runner',
    variables: { ...GITHUB, RUNNER_ENVIRONMENT: 'github-hosted' },
    files: {},
    environments: ['github'],
    printed: ['github', 'docker', 'dind'],
  },
  {
    name: 'a container job of GitHub Actions',
    variables: GITHUB,
    files: ON_NETWORK,
    environments: ['github', 'docker-network', 'docker'],
    printed: ['github', 'docker-network', 'compose'],
  },
  {
    name: 'a step of GitHub Actions in a runner scale set',
    variables: { ...POD.variables, ...GITHUB, ACTIONS_RUNNER_INPUT_JITCONFIG: 'hunter2' },
    files: POD.files,
    environments: ['github-arc', 'kubernetes'],
    printed: ['github-arc', 'kubernetes', 'docker'],
  },
  {
    name: 'a container job of GitHub Actions, in the engine of a runner scale set',
    variables: GITHUB,
    files: INSIDE_POD,
    environments: ['github-arc', 'dind', 'docker'],
    printed: ['github-arc', 'dind', 'docker'],
  },
  {
    name: 'a step of GitHub Actions with the older controller',
    variables: { ...POD.variables, ...GITHUB, DOCKERD_IN_RUNNER: 'false' },
    files: POD.files,
    environments: ['github-arc-legacy', 'kubernetes'],
    printed: ['github-arc-legacy', 'kubernetes', 'docker'],
  },
  {
    name: 'a container job of Azure Pipelines',
    variables: { TF_BUILD: 'True', SYSTEM_ACCESSTOKEN: 'hunter2', BUILD_BUILDID: '42' },
    files: ON_NETWORK,
    environments: ['azure', 'docker-network', 'docker'],
    printed: ['azure', 'docker-network', 'compose'],
  },
  {
    name: 'a build of Jenkins in Kubernetes',
    variables: {
      ...POD.variables,
      JENKINS_URL: 'https://jenkins.example/',
      BUILD_NUMBER: '7',
      JENKINS_SECRET: 'hunter2',
    },
    files: POD.files,
    environments: ['jenkins', 'kubernetes'],
    printed: ['jenkins', 'kubernetes', 'docker'],
  },
  {
    name: 'a job of Buildkite',
    variables: { ...POD.variables, CI: 'true', BUILDKITE: 'true', BUILDKITE_AGENT_ACCESS_TOKEN: 'hunter2' },
    files: POD.files,
    environments: ['buildkite', 'kubernetes'],
    printed: ['buildkite', 'kubernetes', 'docker'],
  },
  {
    name: 'a step of Tekton, which sets no variable',
    variables: POD.variables,
    files: { ...POD.files, '/tekton/results/': '' },
    environments: ['tekton', 'kubernetes'],
    printed: ['tekton', 'kubernetes', 'docker'],
  },
  {
    name: 'a job of CircleCI',
    variables: { CI: 'true', CIRCLECI: 'true', CIRCLE_TOKEN: 'hunter2' },
    files: CONTAINER,
    environments: ['circleci', 'docker'],
    printed: ['circleci', 'docker', 'dind'],
  },
  {
    name: 'a build of TeamCity',
    variables: { TEAMCITY_VERSION: '2024.12 (build 174331)' },
    files: CONTAINER,
    environments: ['teamcity', 'docker'],
    printed: ['teamcity', 'docker', 'dind'],
  },
  {
    name: 'a pod',
    variables: POD.variables,
    files: POD.files,
    environments: ['kubernetes'],
    printed: ['kubernetes', 'docker', 'dind'],
  },
  {
    name: 'a pod without service account, where sudo left no variables',
    variables: {},
    files: { '/etc/hosts': POD.files['/etc/hosts'], '/etc/resolv.conf': POD.files['/etc/resolv.conf'] },
    environments: ['kubernetes'],
    printed: ['kubernetes', 'docker', 'dind'],
  },
  {
    name: 'a container in an engine inside of a pod, in a cluster with a domain of its own',
    variables: {},
    files: {
      '/.dockerenv': '',
      '/etc/resolv.conf': 'search ci.svc.k8s.corp svc.k8s.corp k8s.corp\nnameserver 10.96.0.10\n',
    },
    environments: ['dind', 'docker'],
    printed: ['dind', 'docker', 'drone'],
  },
  {
    name: 'a container on a host with a search list of its own',
    variables: {},
    files: { '/.dockerenv': '', '/etc/resolv.conf': 'search svc.corp corp\nnameserver 192.168.88.1\n' },
    environments: ['docker'],
    printed: ['docker', 'dind', 'drone'],
  },
  {
    name: 'a node with flannel',
    variables: {},
    files: { '/run/flannel/subnet.env': 'FLANNEL_MTU=1450\n' },
    environments: ['flannel'],
    printed: ['flannel', 'docker', 'dind'],
  },
  {
    name: 'a node of k3s',
    variables: {},
    files: {
      '/run/flannel/subnet.env': 'FLANNEL_MTU=1450\n',
      '/var/lib/rancher/k3s/agent/etc/flannel/net-conf.json': '{ "Network": "10.42.0.0/16" }',
    },
    environments: ['k3s'],
    printed: ['k3s', 'docker', 'dind'],
  },
  {
    name: 'a container on the default bridge',
    variables: {},
    files: CONTAINER,
    environments: ['docker'],
    printed: ['docker', 'dind', 'drone'],
  },
  {
    name: 'a container of Compose',
    variables: {},
    files: ON_NETWORK,
    environments: ['docker-network', 'docker'],
    printed: ['docker-network', 'compose', 'docker'],
  },
  {
    name: 'a step of an image build with BuildKit',
    variables: {},
    files: { '/etc/hosts': '\n127.0.0.1\tlocalhost buildkitsandbox\n::1\tlocalhost ip6-localhost ip6-loopback\n' },
    environments: ['buildkit'],
    printed: ['buildkit', 'docker', 'dind'],
  },
  {
    name: 'a step of an image build with BuildKit, in an engine inside of a pod',
    variables: {},
    files: {
      '/etc/hosts': '\n127.0.0.1\tlocalhost buildkitsandbox\n',
      '/etc/resolv.conf': POD.files['/etc/resolv.conf'],
    },
    environments: ['dind', 'buildkit'],
    printed: ['dind', 'buildkit', 'docker'],
  },
  {
    name: 'a container of Podman',
    variables: { container: 'podman' },
    files: { '/run/.containerenv': '' },
    environments: ['podman'],
    printed: ['podman', 'docker', 'dind'],
  },
  {
    name: 'a container of Podman without root',
    variables: { container: 'podman' },
    files: { '/run/.containerenv': 'engine="podman-5.4.0"\nrootless=1\n' },
    environments: ['podman-rootless'],
    printed: ['podman-rootless', 'docker', 'dind'],
  },
  {
    name: 'a shell in WSL',
    variables: { WSL_DISTRO_NAME: 'Ubuntu' },
    files: { '/proc/sys/kernel/osrelease': '5.15.153.1-microsoft-standard-WSL2\n' },
    environments: ['wsl'],
    printed: ['wsl', 'docker', 'dind'],
  },
  {
    name: 'nothing of all this',
    variables: { PATH: '/usr/bin', CI: '', DRONE: 'false' },
    files: { '/etc/resolv.conf': 'nameserver 192.168.88.1\n' },
    environments: [],
    printed: ['docker', 'dind', 'drone'],
  },
];
