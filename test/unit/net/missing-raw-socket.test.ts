import { describe, expect, it, vi } from 'vitest';
import type { Log } from '../../../src/measure/log.ts';
import { createChannels } from '../../../src/net/channels.ts';
import { NO_BINDING, pathTo } from './path.ts';

const kernel = vi.hoisted(() => ({ refusesRaw: false }));

vi.mock('raw-socket', () => {
  throw new Error('Cannot find module raw.node');
});
vi.mock('../../../src/net/sys/socket.ts', () => ({
  openSocket: (_family: number, type: number) => (type === 3 && kernel.refusesRaw ? -1 : 999), // SOCK_RAW, EPERM
  closeSocket: () => undefined,
  setOption: () => undefined,
  setBytesOption: () => undefined,
  setPathMtuDiscovery: () => undefined,
  bind: () => 0,
  localEndpoint: () => ({ address: '192.0.2.1', port: 40000 }),
}));

/** Opens what a run over three paths does. */
async function warningsOfRun(): Promise<string[]> {
  const warnings: string[] = [];
  const unwanted = (): never => expect.fail('only a warning is expected');
  const log: Log = { debug: unwanted, info: unwanted, warn: (_fields, message) => warnings.push(message) };
  const channels = createChannels(NO_BINDING, { log });
  for (const address of ['192.0.2.70', '192.0.2.71', '2001:db8::70']) {
    const { channel } = await channels.datagram(pathTo(address));
    expect(channel?.method).toBe('icmp-ping');
    channel?.close();
    expect(await channels.scout(pathTo(address))).toBeNull();
  }
  return warnings;
}

describe('a raw-socket package that was not compiled', () => {
  it('is told once, with what to do, by a process that may use it', async () => {
    expect(await warningsOfRun()).toEqual([
      expect.stringMatching(
        /^raw-socket is not built, .*: pings .* run "npx --yes node-gyp rebuild" in \/.*\/raw-socket$/,
      ),
    ]);
  });

  it('is no concern where raw sockets may not be used anyway', async () => {
    kernel.refusesRaw = true;
    expect(await warningsOfRun()).toEqual([]);
  });
});
