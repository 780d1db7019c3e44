/** Writes docs/openapi.json from the routes themselves: `npm run openapi`. */

import { writeFileSync } from 'node:fs';
import { createApp } from '../dist/service/http/app.js';
import { Streams } from '../dist/service/http/streams.js';

// Nobody asks it anything.
const context = { view: null, log: null, streams: new Streams(1), assets: [] };
const app = await createApp(context, { token: null, loopbackOnly: true });
await app.ready();
writeFileSync(new URL('../docs/openapi.json', import.meta.url), JSON.stringify(app.swagger(), null, 2));
await app.close();
