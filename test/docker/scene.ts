/** The scene as the tests speak of it: engines, and reports of the probe inside of them. */

import { inject } from 'vitest';
import type { PathReport, Report } from '../../src/contract.ts';
import { command, type Ended } from './command.ts';

export type Service = keyof ReturnType<typeof scene>['containers'];
export type Inner = 'broken-dind' | 'fixed-dind';

export const TARGET = 'https://198.51.100.10/3mb'; // the cdn of docker-compose.yml
export const MEASURE = ['run', '--target', TARGET, '--format', 'json'];

export function scene() {
  return inject('scene');
}

export function containerOf(service: Service): string {
  return scene().containers[service];
}

/** Waits for both jobs: the hanging build of one keeps a server busy that others would get. Then all images are there. */
export async function jobsEnded(): Promise<void> {
  await docker(['wait', containerOf('broken'), containerOf('fixed')]);
}

/** The client of the outer engine. */
export function docker(args: readonly string[], input?: string): Promise<Ended> {
  return command(['docker', ...args], { env: scene().env, ...(input === undefined ? {} : { input }) });
}

/** The client of an inner engine, in its own container. */
export function inner(engine: Inner, args: readonly string[], input?: string): Promise<Ended> {
  return docker(['exec', '--interactive', containerOf(engine), 'docker', ...args], input);
}

/** What the probe reports from a container of the inner engine that is started with these options. */
export async function probe(engine: Inner, ...options: readonly string[]): Promise<PathReport> {
  return onlyPath(await inner(engine, ['run', '--rm', ...options, 'mtu-probe', ...MEASURE]));
}

/** @throws when it is no report of one path. */
export function onlyPath({ stdout, stderr }: Ended): PathReport {
  if (!stdout.startsWith('{')) throw new Error(`no report: ${stdout}${stderr}`);
  const [path] = (JSON.parse(stdout) as Report).paths;
  if (path === undefined) throw new Error(`no path in ${stdout}`);
  return path;
}
