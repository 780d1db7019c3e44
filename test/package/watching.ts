/** The service of an installed package, asked over HTTP while it runs. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended } from '../cli/command.ts';
import type { Consumer } from './consumer.ts';

/** A page, a script that was bundled, the document that is made from schemas, and what needs a measurement. */
const PLACES = ['/', '/assets/app.js', '/api/v1/openapi.json', '/metrics', '/readyz'];

export const WELL = { exitCode: 0, statuses: PLACES.map(() => 200), isStopped: true };

/** Starts it with a history, asks it once it is ready, and ends it. */
export async function answersOf({ folder, node }: Consumer) {
  const made = mkdtempSync(join(tmpdir(), 'mtu-probe-watching-'));
  const settings = ['--target', '127.0.0.1', '--listen', '127.0.0.1:0', '--history', join(made, 'history.db')];
  const words = [join(node, 'node'), join(folder, 'node_modules/.bin/mtu-probe'), 'watch', ...settings];
  let asking: Promise<number[]> | null = null;
  let log = '';
  try {
    const { exitCode, stderr } = await ended(words, (child) => {
      child.stderr?.on('data', (text: string) => {
        log += text;
        const address = /listens on (http:\/\/\S+)\//.exec(log)?.[1];
        if (address === undefined || !log.includes('"event":"ready"')) return;
        asking ??= statusesOf(address).finally(() => child.kill('SIGTERM'));
      });
    });
    return { exitCode, statuses: await asking, isStopped: stderr.includes('"event":"stopped"') };
  } finally {
    rmSync(made, { recursive: true });
  }
}

function statusesOf(address: string): Promise<number[]> {
  return Promise.all(PLACES.map(async (place) => (await fetch(address + place)).status));
}
