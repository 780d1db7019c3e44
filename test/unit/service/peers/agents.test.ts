import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../src/errors.ts';
import { agentAt, parsePlace } from '../../../../src/service/peers/agents.ts';
import { peersByTarget, targetOf } from '../../../../src/service/peers/targets.ts';

const PORTS = { port: 4821, httpPort: 8080 };

describe('an entry of the list', () => {
  it.each([
    ['a.example', 'a.example:4821', 'a.example:8080'],
    [' a.example:5000 ', 'a.example:5000', 'a.example:8080'],
    ['192.0.2.1', '192.0.2.1:4821', '192.0.2.1:8080'],
    ['192.0.2.1:5000', '192.0.2.1:5000', '192.0.2.1:8080'],
    ['2001:db8::1', '[2001:db8::1]:4821', '[2001:db8::1]:8080'],
    ['2001:db8::1:5000', '[2001:db8::1:5000]:4821', '[2001:db8::1:5000]:8080'],
    ['[2001:db8::1]:5000', '[2001:db8::1]:5000', '[2001:db8::1]:8080'],
  ])('%j is an agent at %s and %s', (entry, responder, http) => {
    expect(agentAt(parsePlace(entry), PORTS)).toEqual({ name: entry.trim(), responder, http });
  });

  it.each([
    '',
    'mtu://a.example',
    'a.example/x',
    'a b',
    'a.example:0',
    'a.example:65536',
    '[192.0.2.1]',
    'fd00:::1',
    'a%',
  ])('%j is refused, with how to write it', (entry) => {
    expect(() => parsePlace(entry)).toThrow(UsageError);
    expect(() => parsePlace(entry)).toThrow(`peers: ${JSON.stringify(entry)} is no agent: write host, host:port`);
  });
});

it('a target stands for the peer that it was made of', () => {
  const peers = ['a.example', '192.0.2.1:5000', '2001:db8::1'].map((entry) => agentAt(parsePlace(entry), PORTS));
  expect(peers.map(targetOf)).toEqual(['mtu://a.example:4821', 'mtu://192.0.2.1:5000', 'mtu://[2001:db8::1]:4821']);
  const byTarget = peersByTarget(peers);
  expect(peers.map((peer) => byTarget.get(targetOf(peer)))).toEqual(peers);
  expect(byTarget.get('mtu://b.example:4821')).toBeUndefined();
});
