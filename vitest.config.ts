import { defineConfig } from 'vitest/config';

/** Most suites take milliseconds; a test that waits for the network says so itself. */
const TIMEOUT_MS = 20_000;
/** A lab scenario builds a network and measures it several times; npm fetches and compiles. */
const LAB_TIMEOUT_MS = 240_000;

/** @param groupOrder later groups wait for the earlier ones. */
function project(name: string, testTimeout: number, groupOrder = 0) {
  const include = [`test/${name}/**/*.test.ts`];
  return { extends: true as const, test: { name, include, testTimeout, sequence: { groupOrder } } };
}

const docker = project('docker', 3 * TIMEOUT_MS);

export default defineConfig({
  test: {
    reporters: ['default', './test/reporter.ts'],
    maxWorkers: 2,
    projects: [
      project('unit', TIMEOUT_MS),
      // Hundreds of networks are computed in one test: nothing waits there, but another worker has the other core.
      project('sim', 3 * TIMEOUT_MS),
      project('boundaries', 6 * TIMEOUT_MS),
      project('cli', TIMEOUT_MS),
      project('service', 3 * TIMEOUT_MS),
      project('browser', 3 * TIMEOUT_MS),
      // Last: where compilers run, others come too late with what they do after a time.
      project('package', LAB_TIMEOUT_MS, 1),
      project('lab', LAB_TIMEOUT_MS),
      // Last: its scene is one for all files, and is measured while nothing else runs.
      { ...docker, test: { ...docker.test, globalSetup: ['test/docker/setup.ts'], sequence: { groupOrder: 1 } } },
    ],
  },
});
