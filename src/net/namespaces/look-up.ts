/** Program: resolves one name as every program here does, and writes a `LookedUp` as JSON. */

import { lookup } from 'node:dns/promises';
import { dieWithParent } from '../sys/process.ts';
import type { LookedUp } from './home-lookup.ts';
import { takePassedPlace } from './passed-place.ts';

async function lookUp(name: string): Promise<LookedUp> {
  const { parent } = takePassedPlace(process.env);
  if (parent !== null) dieWithParent(parent);
  try {
    return { addresses: await lookup(name, { all: true }) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { code: String(error.code) };
  }
}

void lookUp(process.argv[2] ?? '').then((answer) => process.stdout.write(JSON.stringify(answer)));
