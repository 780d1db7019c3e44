/** Says what the namespace that it is started in is configured to: by netlink, by files, and as `ip` has it. */

import { execFileSync } from 'node:child_process';
import { inspectByFiles } from '../../../dist/net/inspection/by-files.js';
import { inspectHere } from '../../../dist/net/inspection/inspect-here.js';
import { readInterfaces } from '../../../dist/net/local-interfaces.js';

const ip = (...words) => JSON.parse(execFileSync('ip', ['-j', ...words], { encoding: 'utf8' }) || '[]');

const netlink = inspectHere();
const said = {
  netlink,
  files: inspectByFiles(),
  local: readInterfaces('/'),
  ip: {
    links: ip('-d', 'link'),
    addresses: ip('address'),
    routes: [ip('-4', 'route'), ip('-6', 'route')],
    copies: [...ip('-4', 'route', 'show', 'cache'), ...ip('-6', 'route', 'show', 'cache')],
  },
};
process.stdout.write(`${JSON.stringify(said)}\n`);
