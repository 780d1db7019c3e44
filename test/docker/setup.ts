/** Once for all tests of this project: an engine, images, and both profiles of the compose file as it stands. */

import type { TestProject } from 'vitest/node';
import { output } from './command.ts';
import { startEngine } from './engine.ts';
import { importImages } from './images.ts';
import { removeLeftOvers } from './left-overs.ts';

const COMPOSE = ['docker-compose', '--project-name', 'mtu-probe-e2e', '--profile', 'broken', '--profile', 'fixed'];
const SERVICES = ['cdn', 'node', 'broken-dind', 'fixed-dind', 'broken', 'fixed'] as const;

export interface Scene {
  readonly env: Readonly<Record<string, string>>;
  readonly cgroupParent: string;
  /** The container of each service. */
  readonly containers: Readonly<Record<(typeof SERVICES)[number], string>>;
  readonly timings: readonly string[];
}

declare module 'vitest' {
  interface ProvidedContext {
    scene: Scene;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const timings: string[] = [];
  const timed = async <Result>(what: string, work: Promise<Result>): Promise<Result> => {
    const startedAt = performance.now();
    const result = await work;
    timings.push(`${what} ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    return result;
  };
  await removeLeftOvers();
  const engine = await timed('engine', startEngine());
  try {
    await timed('images', importImages(engine));
    const env = { ...engine.env, DIND_PRIVILEGED: 'false' };
    await timed('scene', output([...COMPOSE, 'up', '--detach', '--no-build'], { env }));
    const ids = SERVICES.map(async (service) => [service, await output([...COMPOSE, 'ps', '-q', service], { env })]);
    const containers = Object.fromEntries(await Promise.all(ids)) as Scene['containers'];
    project.provide('scene', { env, cgroupParent: engine.cgroupParent, containers, timings });
  } catch (error) {
    await engine.stop();
    throw error;
  }
  return () => engine.stop();
}
