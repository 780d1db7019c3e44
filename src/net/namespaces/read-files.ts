/** Program: reads files below the root directory that it is given as a descriptor, and writes what it found as JSON. */

import { writeSync } from 'node:fs';
import { dieWithParent } from '../sys/process.ts';
import type { FoundFiles, ReadRequest } from './container-files.ts';
import { beginningOf, isThere } from './rooted-files.ts';

const STANDARD_OUTPUT = 1;
const ROOT = { fd: 3 };

const { parent, wanted } = JSON.parse(process.argv[2] ?? '') as ReadRequest;
dieWithParent(parent);
const found: FoundFiles = Object.fromEntries(wanted.map(([path, longest]) => [path, look(path, longest)]));
let left: Uint8Array = Buffer.from(JSON.stringify(found));
while (left.byteLength > 0) left = left.subarray(writeSync(STANDARD_OUTPUT, left));

function look(path: string, longest: number): string | null {
  if (longest > 0) return beginningOf(ROOT, path, longest);
  return isThere(ROOT, path) ? '' : null;
}
