/**
 * Reads what can be seen around this process without sending anything. Lists say what is looked at: a variable or file
 * that is in none of them stays unread, so that no secret comes near a report.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalInterface, Surroundings } from '../surroundings.ts';
import { beginningOf } from './beginning-of.ts';
import { readInterfaces } from './local-interfaces.ts';

/** Named in the documentation of what sets them; `diagnosis/environment` has the documents. */
export const VARIABLES: readonly string[] = [
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

/** A path, and how much of what lies there counts, in bytes; 0 where its presence is all that it says. */
export type Wanted = readonly [path: string, longest: number];

/** All that is looked at. */
export const SIGNS: readonly Wanted[] = [
  ...FILES.map((path): Wanted => [path, LONGEST_TEXT]),
  ...FOLDERS.map((path): Wanted => [path, 0]),
];

/** Where files are looked for. */
export interface Files {
  /** `null` where there is none, or it may not be read. */
  beginningOf(path: string, longest: number): string | null;
  isThere(path: string): boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** @param root where `/` is, for tests. @returns whatever could be read; it never throws. */
export function readSurroundings(root = '/', environment: Variables = process.env): Surroundings {
  return surroundingsIn(filesAt(root), environment, readInterfaces(root));
}

/** @param root whose links are followed as everywhere: it is of somebody who can be trusted. */
export function filesAt(root: string): Files {
  return {
    beginningOf: (path, longest) => beginningOf(join(root, path), longest),
    isThere: (path) => existsSync(join(root, path)),
  };
}

/** Around somebody else: what is read is what is read of this process, and nothing more. */
export function surroundingsIn(
  files: Files,
  environment: Variables,
  interfaces: readonly LocalInterface[],
): Surroundings {
  const variables = VARIABLES.flatMap((name) => entry(name, environment[name] ?? null));
  const texts = FILES.flatMap((path) => entry(path, files.beginningOf(path, LONGEST_TEXT)));
  const folders = FOLDERS.flatMap((path) => entry(path, files.isThere(path) ? '' : null));
  return {
    variables: Object.fromEntries(variables),
    files: Object.fromEntries([...texts, ...folders]),
    interfaces,
  };
}

function entry(name: string, value: string | null): [string, string][] {
  return value === null ? [] : [[name, value]];
}
