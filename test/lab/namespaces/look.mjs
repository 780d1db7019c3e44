/** Looks around with the compiled code, and writes what was seen as JSON. Words: how often, then places to find, `kind=value`. */

import { lookAround } from '../../../dist/net/namespaces/look-around.js';

const [times = '1', ...places] = process.argv.slice(2);
const { signal } = new AbortController();
const looks = [];
for (let time = 0; time < Number(times); time += 1) {
  const before = process.cpuUsage();
  const { namespaces, unseen } = await lookAround(signal);
  const { user, system } = process.cpuUsage(before);
  looks.push({ computedMs: (user + system) / 1000, unseen, namespaces });
}
const found = [];
for (const place of places) {
  const [kind, value] = place.split(/=(.*)/s);
  const { findPlace } = await import('../../../dist/net/namespaces/find-place.js');
  found.push(await findPlace({ kind, value }, signal).catch(({ code, message }) => ({ code, message })));
}
const { requireJoining } = await import('../../../dist/net/namespaces/privilege.js');
const joining = (() => {
  try {
    return requireJoining() ?? null;
  } catch ({ code, message }) {
    return { code, message };
  }
})();
const json = (_, value) => (typeof value === 'bigint' ? `0x${value.toString(16)}` : value);
const memory = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ looks, found, joining, memory }, json));
