/** What the documentation gives to receivers, run as they would run it, on deliveries as they come. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WALL_CLOCK } from '../../../src/service/notify/clock.ts';
import { signatureOf } from '../../../src/service/notify/message.ts';
import { openNotifier } from '../../../src/service/notify/notifier.ts';
import { document } from '../../unit/docs/documents.ts';
import { change, heard, MadeUpHistory } from '../../unit/service/notify/made-up.ts';
import { type Delivery, receiver, SECRET, soon } from './loopback.ts';

const SNIPPETS = new Map(
  [...document('docs/notifications.md').matchAll(/<!-- verify: (\w+) -->\n```\w+\n(.*?)```/gs)].map(
    ([, name = '', code = '']) => [name, code],
  ),
);

interface Case extends Delivery {
  readonly secret: string;
}

/** What calls the code of the documentation: the case comes as JSON, and the exit code says whether it is genuine. */
const CALLS: Readonly<Record<string, (code: string, given: Case) => readonly string[]>> = {
  node: (code) => {
    writeFileSync(join(folder, 'genuine.mjs'), code);
    const call = `import { readFileSync } from 'node:fs'; import { isGenuine } from './genuine.mjs';
      const { secret, headers, body } = JSON.parse(readFileSync('case.json', 'utf8'));
      process.exit(isGenuine(Buffer.from(secret), headers, Buffer.from(body)) ? 0 : 1);`;
    writeFileSync(join(folder, 'call.mjs'), call);
    return [process.execPath, 'call.mjs'];
  },
  python: (code) => {
    const call = `import json, sys\ncase = json.load(open("case.json"))
sys.exit(0 if is_genuine(case["secret"].encode(), case["headers"], case["body"].encode()) else 1)`;
    writeFileSync(join(folder, 'call.py'), `${code}\n${call}\n`);
    return ['python3', 'call.py'];
  },
  openssl: (code, { secret, headers, body }) => {
    writeFileSync(join(folder, 'body'), body);
    const [timestamp, signature] = [headers['x-mtu-probe-timestamp'], headers['x-mtu-probe-signature']];
    return ['env', `secret=${secret}`, `timestamp=${timestamp}`, `signature=${signature}`, 'sh', '-c', code];
  },
};

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtu-probe-verify-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function isGenuine(how: string, given: Case): boolean {
  writeFileSync(join(folder, 'case.json'), JSON.stringify(given));
  const [program = '', ...args] = CALLS[how]?.(SNIPPETS.get(how) ?? '', given) ?? [];
  const { status, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  expect({ status: status === 0 || status === 1, stderr }).toEqual({ status: true, stderr: '' });
  return status === 0;
}

it('every way that is shown is tried here', () => {
  expect([...SNIPPETS.keys()]).toEqual(Object.keys(CALLS));
});

describe.each(Object.keys(CALLS))('with %s', (how) => {
  it('a delivery is genuine, and nothing that was changed is', async () => {
    const secret = SECRET.toString();
    const history = new MadeUpHistory();
    const hook = await receiver();
    const around = { history, clock: WALL_CLOCK, random: Math.random, log: heard().log, version: '1.2.3' };
    const notifier = openNotifier({ ...around, webhooks: [{ url: hook.url, secret: SECRET }], host: 'bücher' });
    // Of this day: what is older is skipped.
    history.add(change('verdict-changed', new Date().toISOString()));
    notifier.wake();
    await soon(() => expect(notifier.counters().delivered).toBe(1));
    await notifier.close(1000);
    const [delivery = { headers: {}, body: '' }] = hook.deliveries;

    expect(isGenuine(how, { ...delivery, secret })).toBe(true);
    expect(isGenuine(how, { ...delivery, secret: `${secret}0` })).toBe(false);
    expect(isGenuine(how, { ...delivery, secret, body: `${delivery.body} ` })).toBe(false);
    const later = `${Number(delivery.headers['x-mtu-probe-timestamp']) + 1}`;
    const headers = { ...delivery.headers, 'x-mtu-probe-timestamp': later };
    expect(isGenuine(how, { ...delivery, secret, headers })).toBe(false);
  });

  it('an old delivery is not, however well it is signed', () => {
    const timestamp = Math.floor(Date.now() / 1000) - 3600;
    const headers = {
      'x-mtu-probe-timestamp': `${timestamp}`,
      'x-mtu-probe-signature': signatureOf(SECRET, timestamp, '{}'),
    };
    expect(isGenuine(how, { headers, body: '{}', secret: SECRET.toString() })).toBe(false);
  });
});
