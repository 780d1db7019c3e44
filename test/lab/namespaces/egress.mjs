/** Says where packets to the world leave from the namespace that it is started in: by netlink, by files, and by `ip`. */

import { spawnSync } from 'node:child_process';
import { inspectByFiles } from '../../../dist/net/inspection/by-files.js';
import { inspectHere } from '../../../dist/net/inspection/inspect-here.js';

/** Exit code 2 where the kernel has no way. */
function ip(...words) {
  const { stdout, status } = spawnSync('ip', ['-j', ...words], { encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout) : [];
}

const indexes = new Map(ip('link').map(({ ifname, ifindex }) => [ifname, ifindex]));
const ways = [4, 6].flatMap((family) =>
  ip(`-${family}`, 'route', 'get', family === 4 ? '192.31.196.254' : '2001:4:112::fe').map(({ gateway, via, dev }) => ({
    family,
    via: gateway ?? via?.host ?? null,
    interface: indexes.get(dev),
  })),
);
process.stdout.write(JSON.stringify({ netlink: inspectHere().egress, files: inspectByFiles().egress, ip: ways }));
