/**
 * Measures inside a named namespace from outside, and says what came of it:
 *
 *   node measure.mjs NAME LIMITS ABORT WORD...
 *
 * It is interrupted as soon as there is a file ABORT.
 */

import { existsSync, readlinkSync } from 'node:fs';
import { findPlace } from '../../../dist/net/namespaces/find-place.js';
import { INSIDE_LIMITS, measureInside } from '../../../dist/net/namespaces/measure-inside.js';

const LOOK_MS = 20;
const [, , name, limits, abort, ...words] = process.argv;
const interruption = new AbortController();
const place = await findPlace({ kind: 'netns', value: `/run/netns/${name}` }, interruption.signal);
const looking = setInterval(() => existsSync(abort) && interruption.abort(), LOOK_MS);
const given = { ...INSIDE_LIMITS, ...JSON.parse(limits) };
const said = await measureInside(place, ['run', ...words], interruption.signal, 'container', given).then(
  ({ verdict, paths, skipped }) => ({ verdict, paths: paths.map((path) => path.reverse), skipped }),
  ({ name: error, message }) => ({ error, message }),
);
clearInterval(looking);
const isOutside = readlinkSync('/proc/self/ns/net') !== place.inode;
process.stdout.write(`${JSON.stringify({ ...said, isOutside })}\n`);
