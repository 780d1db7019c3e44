import { describe, expect, it } from 'vitest';
import { commandModels } from '../../../src/cli/manual/command-model.ts';
import { argumentsIn } from '../docs/shell-lines.ts';
import { understood } from '../understood.ts';

describe('the examples in the help', async () => {
  const models = await commandModels();

  it.each(models)('of mtu-probe $name can be typed', async ({ epilog }) => {
    expect(epilog.examples.length).toBeGreaterThanOrEqual(2);
    expect(epilog.examples.length).toBeLessThanOrEqual(5);
    for (const example of epilog.examples) {
      const [words, ...others] = argumentsIn(example);
      expect(others).toEqual([]);
      await understood(words ?? ['no command is in it']);
    }
  });

  it('would be refused otherwise', async () => {
    await expect(understood(['run', '--target', 'a', '--method', 'smoke'])).rejects.toThrow('--method');
    await expect(understood(['watch', '--interval', 'soon'])).rejects.toThrow('interval');
    await expect(understood(['explain', 'nothing'])).rejects.toThrow('not known');
    await expect(understood(['config', 'check', '--nonsense'])).rejects.toThrow();
  });
});
