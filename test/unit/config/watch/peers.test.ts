import { describe, expect, it } from 'vitest';
import { loadWatchOptions } from '../../../../src/config/watch/load.ts';
import type { WatchOptions } from '../../../../src/config/watch/options.ts';
import { complaint, loaded, outside } from './outside.ts';

async function options(yaml: string): Promise<WatchOptions> {
  return (await loaded(yaml)).options;
}

describe('peers', () => {
  it('are all addresses of a name, or a list', async () => {
    expect((await options('peers: {dns: mtu-probe.default.svc}')).peers?.source).toEqual({
      kind: 'dns',
      name: 'mtu-probe.default.svc',
    });
    const list = { kind: 'list', hosts: ['10.0.0.1', 'b:4821', '[::1]:9'] };
    expect((await options('peers: [10.0.0.1, b:4821, "[::1]:9"]')).peers?.source).toEqual(list);
    expect((await options('peers: {hosts: [10.0.0.1, b:4821, "[::1]:9"]}')).peers?.source).toEqual(list);
  });

  it('have defaults, and do not gate', async () => {
    expect((await options('peers: [a]')).peers).toMatchObject({
      port: 4821,
      httpPort: 9482,
      fullMesh: 32,
      perRound: 8,
      schedule: { kind: 'interval', everyMs: 60_000 },
      jitterMs: 0,
      timeoutMs: 20_000,
      gating: false,
      failOn: 'delayed',
      run: { targets: [], measure: { directions: ['forward', 'reverse'] } },
    });
  });

  it('are measured as targets are, where they say nothing else', async () => {
    const all = 'interval: 10s\nexpectMtu: 1400\ngating: true\nport: 99\nsni: a.example\npath: /x\ngentle: true\n';
    const like = await options(`${all}peers: [a]`);
    expect(like.peers).toMatchObject({
      schedule: { everyMs: 10_000 },
      gating: false,
      run: { expectMtu: 1400, resolve: { port: null, serverName: null, path: null }, measure: { gentle: true } },
    });
    const own =
      'interval: 20s, expectMtu: 1450, gating: true, method: udp, direction: reverse, failOn: clear, timeout: 1s';
    const unlike = await options(`${all}peers: {hosts: [a], ${own}}`);
    expect(unlike.peers).toMatchObject({
      schedule: { everyMs: 20_000 },
      timeoutMs: 1000,
      gating: true,
      failOn: 'clear',
      run: { expectMtu: 1450, measure: { method: 'udp', directions: ['reverse'], timeoutMs: 1000 } },
    });
  });

  it('need a responder here, unless it is refused', async () => {
    expect((await options('peers: [a]')).responder).toEqual({ listen: null, maxRate: 10_000_000, maxClients: 256 });
    expect((await options('peers: [a]\nresponder: false')).responder).toBeNull();
  });

  it('of a higher place count alone', async () => {
    const files = outside({ 'mtu-probe.yaml': 'peers: [a]' });
    const { options: dns } = await loadWatchOptions({ peersDns: 'b.example' }, {}, files);
    expect(dns.peers?.source).toEqual({ kind: 'dns', name: 'b.example' });
    const { options: list } = await loadWatchOptions({ peer: ['c'] }, { MTU_PROBE_PEERS_DNS: 'b' }, files);
    expect(list.peers?.source).toEqual({ kind: 'list', hosts: ['c'] });
  });

  it.each([
    ['peers: {}', /peers names no agents: give it dns or hosts/],
    ['peers: []', /peers names no agents/],
    ['peers: a', /peers is a text: give it keys/],
    ['peers: {port: 5}', /peers\.port speaks of peers, and none are named/],
    ['peers: {dns: a, hosts: [b]}', /peers\.dns excludes peers\.hosts/],
    ['peers: {dns: "a b"}', /peers\.dns a b cannot be used/],
    ['peers: {dns: 10.0.0.1}', /peers\.dns 10\.0\.0\.1 cannot be used/],
    ['peers: [https://a]', /peers\[0\] https:\/\/a is no place/],
    ['peers: [a, "a:4821"]', /peers\[1\] a:4821 is there twice/],
    ['peers: {hosts: [a], fullMesh: 0}', /peers\.fullMesh 0 cannot be used/],
    ['peers: {hosts: [a], timeZone: UTC}', /peers\.timeZone speaks of cron/],
    ['peers: {hosts: [a], sni: x}', /unknown key peers\.sni/],
    ['peers: {hosts: [a], direction: up}', /peers\.direction up cannot be used/],
  ])('%s is refused', async (yaml, says) => {
    expect(await complaint(yaml)).toMatch(says);
  });
});

describe('the responder', () => {
  it.each([
    ['responder: true', { listen: null, maxRate: 10_000_000, maxClients: 256 }],
    ['responder: false', null],
    ['responder: {}', { listen: null, maxRate: 10_000_000, maxClients: 256 }],
    [
      'responder: {listen: [10.0.0.1, "[::1]:9"], maxRate: 200000, maxClients: 3}',
      {
        listen: [
          { address: '10.0.0.1', port: 4821 },
          { address: '::1', port: 9 },
        ],
        maxRate: 200_000,
        maxClients: 3,
      },
    ],
  ])('%s', async (yaml, expected) => {
    expect((await options(`targets: [a]\n${yaml}`)).responder).toEqual(expected);
  });

  it('is on where it is set up, unless it is off', async () => {
    const files = outside({ 'mtu-probe.yaml': 'targets: [a]' });
    const { options: on } = await loadWatchOptions({ responderMaxClients: '3' }, {}, files);
    expect(on.responder?.maxClients).toBe(3);
    const { options: off } = await loadWatchOptions({ responderMaxClients: '3', responder: false }, {}, files);
    expect(off.responder).toBeNull();
  });

  it.each([
    ['responder: {maxRate: 5}', /responder\.maxRate 5 cannot be used/],
    ['responder: {listen: [x]}', /responder\.listen\[0\] x cannot be used/],
    ['responder: {listen: []}', /responder\.listen names no address/],
    ['responder: [a]', /responder is a list/],
    ['responder: perhaps', /responder perhaps cannot be used: write true or false/],
  ])('%s is refused', async (yaml, says) => {
    expect(await complaint(`targets: [a]\n${yaml}`)).toMatch(says);
  });
});

describe('the rest', () => {
  it('is what was written', async () => {
    const yaml =
      'targets: [a]\nsecretFile: s\nlogLevel: debug\nprobe: {allow: [b, c, b]}\nhistory: {path: h, keepSuccesses: 1d, keepFailures: 2d, maxSize: 1GiB}\n' +
      'notifications: ["https://a/x", {url: "http://b", secretFile: k}]';
    expect(await options(yaml)).toMatchObject({
      secretFile: 's',
      logLevel: 'debug',
      allow: ['b', 'c'],
      history: { path: 'h', keepSuccessesMs: 86_400_000, keepFailuresMs: 172_800_000, maxSize: 2 ** 30 },
      webhooks: [
        { url: 'https://a/x', secretFile: null },
        { url: 'http://b', secretFile: 'k' },
      ],
    });
  });

  it.each([
    ['notifications: ["https://a", {url: "https://a"}]', /notifications\[1\] is there twice/],
    ['notifications: ["https://a#x"]', /notifications\[0\] has a fragment/],
    ['notifications: [nonsense]', /notifications\[0\] is no URL/],
    [`notifications: [${Array.from({ length: 17 }, (_, at) => `"https://h${at}"`).join(', ')}]`, /has 17 receivers/],
    ['probe: {allow: [ftp://x]}', /probe\.allow\[0\] cannot be used: target "ftp:\/\/x" has the scheme ftp/],
    ['logLevel: loud', /logLevel loud cannot be used/],
    ['concurrency: 0', /concurrency 0 cannot be used/],
  ])('%s is refused', async (yaml, says) => {
    expect(await complaint(`targets: [a]\n${yaml}`)).toMatch(says);
  });

  it('shows no URL of a receiver in messages', async () => {
    for (const url of ['https://a/T0K3N#x', 'smtp://a/T0K3N', 'https://u:T0K3N@a', 'T0K3N']) {
      expect(await complaint(`targets: [a]\nnotifications: ["${url}"]`)).not.toContain('T0K3N');
    }
  });
});
