/** What goes out, wave by wave and literally: a change of strategy shows here first. */

import { describe, expect, it } from 'vitest';
import { measureSimulated } from './network/measure.ts';
import type { Network } from './network/network.ts';

const SILENT_1400: Network = { forward: [{ mtu: 1400, silent: true }], reverse: [{ mtu: 1400, silent: true }] };
const TABLE = '1492 1480 1460 1450 1420 1400 1350 1300 1280 1200 1124 1006 936 866 786 706';
const BELOW_1420 = '1420 1419 1417 1416 1415 1413 1412 1411 1409 1408 1406 1405 1404 1402 1401';
const OTHER_FLOWS = ['1400', '1400', '1400', '1400', '1400'];
const BISECTION = [
  '1500',
  '1044',
  '1272',
  '1386',
  '1443',
  '1414',
  '1400',
  '1407',
  '1403',
  '1401',
  '1401',
  ...OTHER_FLOWS,
];

async function wavesOf(network: Network, method: string, gentle = false): Promise<string[]> {
  const { waves } = await measureSimulated(network, { gentle });
  return waves.filter((wave) => wave.startsWith(method)).map((wave) => wave.slice(method.length + 1));
}

describe('literal probe sequences', () => {
  it('asks a clean path for the ceiling and nothing else', async () => {
    const { waves } = await measureSimulated({});
    expect(waves).toEqual(['icmp-raw 1500', 'tcp-mss 1500', 'tcp-segment 1500']);
  });

  it('goes from the ceiling over the table of known path MTUs to the exact size', async () => {
    expect(await wavesOf({ ...SILENT_1400, engine: null }, 'tcp-mss')).toEqual(['1500', TABLE, BELOW_1420, '1400']);
  });

  it('tries in one direction what the other one found', async () => {
    expect(await wavesOf(SILENT_1400, 'tcp-mss')).toEqual(['1500', '1401 1400']);
    expect(await wavesOf(SILENT_1400, 'tcp-segment')).toEqual(['1500', '1401 1400']);
  });

  it('tries what a router said, and its successor', async () => {
    const network = { forward: [{ mtu: 1450 }], reverse: [{ mtu: 1450, silent: true }] };
    expect(await wavesOf(network, 'icmp-raw')).toEqual(['1500', '1451 1450']);
    expect(await wavesOf(network, 'tcp-mss')).toEqual(['1500', '1451 1450']);
  });

  it('sends nothing forward over TCP that would make this host remember a smaller path MTU', async () => {
    const network = { forward: [{ mtu: 1450 }], reverse: [{ mtu: 1450, silent: true }] };
    expect(await wavesOf(network, 'tcp-segment')).toEqual(['1450']);
  });

  it('goes one probe at a time when asked to be gentle', async () => {
    expect(await wavesOf({ ...SILENT_1400, engine: null }, 'tcp-mss', true)).toEqual(BISECTION);
  });
});
