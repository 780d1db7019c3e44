/** Makes dist/dashboard, beside what the compiler makes. */

import { fileURLToPath } from 'node:url';
import { bundleDashboard } from './ci/dashboard.mjs';

await bundleDashboard(fileURLToPath(new URL('../dist/dashboard', import.meta.url)));
