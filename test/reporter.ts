/** The closing line that CI reads: `N passed, N failed`, over every suite. */

import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/**
 * A test that did not run has not passed; a suite that cannot be loaded, an error outside of any test and a run
 * without tests are failures as well.
 */
export function countTests(modules: readonly Pick<TestModule, 'children' | 'errors'>[], strayErrors: number): Count {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const passed = tests.filter((test) => test.result().state === 'passed').length;
  const broken = modules.reduce((sum, module) => sum + module.errors().length, 0);
  const failed = tests.length - passed + broken + strayErrors;
  return { passed, failed: tests.length === 0 && failed === 0 ? 1 : failed };
}

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const { passed, failed } = countTests(modules, errors.length);
    if (failed > 0) process.exitCode = 1;
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  }
}
