/** Writes docs/mtu-probe.1 and completions/ from the definitions of the commands: `npm run manual`. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { manualFiles } from '../dist/cli/manual/files.js';

const ROOT = new URL('../', import.meta.url);
mkdirSync(new URL('completions', ROOT), { recursive: true });
for (const [file, text] of Object.entries(await manualFiles())) writeFileSync(new URL(file, ROOT), text);
