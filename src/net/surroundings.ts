/**
 * Reads what can be seen around this process without sending anything. Lists say what is looked at: a variable or file
 * that is in none of them stays unread, so that no secret comes near a report.
 */

import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Surroundings } from '../surroundings.ts';
import { readInterfaces } from './local-interfaces.ts';

/** Named in the documentation of what sets them; `diagnosis/environment` has the documents. */
const VARIABLES = [
  'BUILDKITE',
  'CI',
  'CIRCLECI',
  'CI_SYSTEM_NAME',
  'DOCKERD_IN_RUNNER',
  'DOCKER_TLS_CERTDIR',
  'DRONE',
  'DRONE_STAGE_TYPE',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'JENKINS_URL',
  'KUBERNETES_SERVICE_HOST',
  'TEAMCITY_VERSION',
  'TF_BUILD',
  'WSL_DISTRO_NAME',
  'container',
];

const FILES = [
  '/.dockerenv',
  '/etc/hosts',
  '/etc/resolv.conf',
  '/proc/sys/kernel/osrelease',
  '/run/.containerenv',
  '/run/flannel/subnet.env',
  '/var/lib/rancher/k3s/agent/etc/flannel/net-conf.json',
  // Beside it lies the token, which nobody needs.
  '/var/run/secrets/kubernetes.io/serviceaccount/namespace',
];

/** Folders whose presence is all that they say. */
const FOLDERS = ['/tekton/results'];

/** Signs stand at the beginning; lists of blocked hosts are megabytes long. */
const LONGEST_TEXT = 64 * 1024;

/** @param root where `/` is, for tests. @returns whatever could be read; it never throws. */
export function readSurroundings(
  root = '/',
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Surroundings {
  const variables = VARIABLES.flatMap((name) => entry(name, environment[name]));
  const texts = FILES.flatMap((path) => entry(path, beginningOf(join(root, path))));
  const folders = FOLDERS.flatMap((path) => entry(path, existsSync(join(root, path)) ? '' : undefined));
  return {
    variables: Object.fromEntries(variables),
    files: Object.fromEntries([...texts, ...folders]),
    interfaces: readInterfaces(root),
  };
}

function entry(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]];
}

function beginningOf(path: string): string | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(LONGEST_TEXT);
      return bytes.toString('utf8', 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
