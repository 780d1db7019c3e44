import { describe, expect, it } from 'vitest';
import type { MeasureOptions } from '../../../src/config/options.ts';
import type { PathTarget } from '../../../src/measure/channel.ts';
import { exchangesFor, mssToSet, planPath, replyBytesFor, writesInPieces } from '../../../src/measure/plan.ts';

const PATH: PathTarget = {
  target: 'rubygems.org',
  host: 'rubygems.org',
  url: 'https://rubygems.org/',
  scheme: 'any',
  address: '198.51.100.70',
  family: 4,
  ports: [443, 80],
  serverName: 'rubygems.org',
  path: '/',
  egress: { interface: 'eth0', address: '172.17.0.2', mtu: 1500, cachedPathMtu: null },
  routeMtu: null,
  offers: 1500,
  local: false,
};

const OPTIONS: MeasureOptions = {
  method: 'auto',
  directions: ['forward', 'reverse'],
  minMtu: null,
  maxMtu: null,
  advertiseMtu: null,
  gentle: false,
  timeoutMs: 20_000,
  waitRecoveryMs: 0,
};

describe('the plan of one path', () => {
  it("searches from the protocol's floor to the interface MTU", () => {
    expect(planPath(PATH, OPTIONS)).toMatchObject({
      floor: 576,
      ceiling: 1500,
      flows: 6,
      tcp: true,
      datagrams: true,
    });
    expect(planPath({ ...PATH, family: 6 }, OPTIONS).floor).toBe(1280);
  });

  it("takes the user's bounds", () => {
    expect(planPath(PATH, { ...OPTIONS, minMtu: 1000, maxMtu: 1400 })).toMatchObject({ floor: 1000, ceiling: 1400 });
  });

  it("never asks a reply to prove a size that the kernel's estimate cannot show", () => {
    // RCV_MSS_START 536, one byte more, timestamps and headers.
    expect(planPath(PATH, OPTIONS).reverseFloor).toBe(589);
    expect(planPath({ ...PATH, family: 6 }, OPTIONS).reverseFloor).toBe(1280);
  });

  it('does only what was asked for', () => {
    expect(planPath(PATH, { ...OPTIONS, method: 'icmp' })).toMatchObject({ tcp: false, datagrams: true });
    expect(planPath(PATH, { ...OPTIONS, method: 'tcp' })).toMatchObject({ tcp: true, datagrams: false });
    expect(planPath(PATH, { ...OPTIONS, directions: ['reverse'] })).toMatchObject({ forward: false, datagrams: false });
    expect(planPath(PATH, { ...OPTIONS, method: 'udp' })).toMatchObject({ tcp: false, datagrams: true, udp: true });
  });

  it('asks the shortest question first', () => {
    expect(exchangesFor(PATH, 443)).toEqual(['client-hello', 'https-get-root']);
    expect(exchangesFor(PATH, 80)).toEqual(['http-get']);
    expect(exchangesFor({ ...PATH, path: '/gems' }, 443)).toEqual(['client-hello', 'https-get-root', 'https-get-path']);
    expect(exchangesFor(PATH, 8443).at(-1)).toBe('http-get');
    expect(exchangesFor({ ...PATH, scheme: 'http' }, 8080)).toEqual(['http-get']);
    expect(writesInPieces('client-hello')).toBe(false);
  });

  it('wants two full segments and a tail', () => {
    expect(replyBytesFor(1500, 4)).toBe(3000);
    expect(replyBytesFor(1500, 6)).toBe(2960);
  });

  it('leaves the MSS to the kernel at the interface MTU', () => {
    expect(mssToSet(1500, PATH)).toBeNull();
    expect(mssToSet(1450, PATH)).toBe(1410);
    expect(mssToSet(1450, { ...PATH, family: 6 })).toBe(1390);
  });
});
