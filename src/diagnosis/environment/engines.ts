/** Container engines, by what they put into a container. */

import type { Surroundings } from '../../surroundings.ts';
import { isPod } from './clusters.ts';
import { type EnvironmentRule, fileSays, hasFile, hasInterface, hasVariable } from './rule.ts';

function isDocker(around: Surroundings): boolean {
  return hasFile(around, '/.dockerenv');
}

function isBuildKit(around: Surroundings): boolean {
  return fileSays(around, '/etc/hosts', /^127\.0\.0\.1\s+localhost buildkitsandbox$/m);
}

/** `search <namespace>.svc.<domain> svc.<domain> <domain>`, whatever the domain of the cluster is. */
const SEARCH_OF_POD = /^search\s+[\w-]+\.(svc\.\S+)\s+\1(\s|$)/m;

/** The resolver of a cluster, in a container that is no pod: Docker copies the file of the pod that its engine is in. */
export function isInsideOfPod(around: Surroundings): boolean {
  return (
    (isDocker(around) || isBuildKit(around)) && !isPod(around) && fileSays(around, '/etc/resolv.conf', SEARCH_OF_POD)
  );
}

/** Its own way out ends in a container engine, and it has the bridge of one. */
function hasEngineOfItsOwn(around: Surroundings): boolean {
  const isContainer = isDocker(around) || isPod(around);
  return isContainer && hasInterface(around, 'docker0') && around.interfaces.some(isWayOut);
}

function isWayOut({ name, kind }: { name: string; kind: string }): boolean {
  // A host has such interfaces too, but as the far ends of its containers, whose names begin with veth.
  return kind === 'veth' && !name.startsWith('veth');
}

/** The network of this process is that of an engine inside a pod. */
export const NESTED_ENGINE: EnvironmentRule = {
  environment: 'dind',
  seen: isInsideOfPod,
  source: 'Kubernetes, DNS for Services and Pods: search in /etc/resolv.conf; Docker, Networking: DNS services',
};

/** There is an engine beside this process or in it; its containers are one network further in. */
export const ENGINE_BESIDE: EnvironmentRule = {
  environment: 'dind',
  // Empty it is a sign as well: that is how TLS is switched off.
  seen: (around) => around.variables['DOCKER_TLS_CERTDIR'] !== undefined || hasEngineOfItsOwn(around),
  source: 'Docker Official Image docker: DOCKER_TLS_CERTDIR; Docker, Bridge network driver: docker0',
};

export const ENGINE_RULES: readonly EnvironmentRule[] = [
  {
    environment: 'buildkit',
    seen: isBuildKit,
    source: 'moby, BuildKit: executor/oci/hosts.go',
  },
  {
    environment: 'docker-network',
    seen: (around) => isDocker(around) && fileSays(around, '/etc/resolv.conf', /^nameserver 127\.0\.0\.11$/m),
    source: 'Docker, Networking: DNS services of user-defined networks, 127.0.0.11',
  },
  {
    environment: 'docker',
    seen: isDocker,
    source: 'moby, daemon/initlayer: /.dockerenv',
  },
  {
    environment: 'podman-rootless',
    seen: (around) => fileSays(around, '/run/.containerenv', /^rootless=1$/m),
    source: 'podman-run(1): /run/.containerenv',
  },
  {
    environment: 'podman',
    seen: (around) =>
      (hasFile(around, '/run/.containerenv') || around.variables['container'] === 'podman') &&
      !fileSays(around, '/run/.containerenv', /^rootless=1$/m),
    source: 'podman-run(1): /run/.containerenv, container=podman',
  },
  {
    environment: 'wsl',
    seen: (around) =>
      hasVariable(around, 'WSL_DISTRO_NAME') ||
      (!isDocker(around) && !isPod(around) && fileSays(around, '/proc/sys/kernel/osrelease', /microsoft/i)),
    source: 'Microsoft, WSL: WSL_DISTRO_NAME, kernel release',
  },
];
