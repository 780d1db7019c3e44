/** Another program, wholly in another network: every thread of it. */

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { onOwnMachine } from './own-machine.ts';

const PROGRAM = fileURLToPath(new URL('other-program.mjs', import.meta.url));

describe('a program that joins a network and becomes another one', () => {
  it('is there with all its threads, under its old number, with what was kept and nothing else', () => {
    const script = `
      ip netns add mpk
      ls -i /run/netns/mpk
      echo input | exec ${process.execPath} ${PROGRAM} /run/netns/mpk 'two words' '' ü`;
    const [listed = '', said = ''] = onOwnMachine(script).split('\n');
    const network = `net:[${Number.parseInt(listed, 10)}]`;
    const found = JSON.parse(said);
    expect(found).toMatchObject({
      isSameProcess: true,
      networks: [network],
      words: ['two words', '', 'ü'],
      variables: ['grün', null],
      kept: network,
      others: 0,
      input: 'input\n',
    });
    expect(found.threads).toBeGreaterThan(4); // Node's pool alone
  });
});
