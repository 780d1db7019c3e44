import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../src/errors.ts';
import { type DiscoverOptions, Discovery } from '../../../../src/service/peers/discover.ts';
import { surroundings } from './surroundings.ts';

const DNS: DiscoverOptions = {
  source: { kind: 'dns', name: 'agents' },
  port: 4821,
  httpPort: 8080,
  families: [4, 6],
};
const list = (...hosts: string[]): DiscoverOptions => ({ ...DNS, source: { kind: 'list', hosts } });

describe('agents of a name', () => {
  it('are its addresses, but for this host', async () => {
    const names = { agents: ['10.0.0.3', '10.0.0.1', '10.0.0.2', '10.0.0.3'] };
    const discovery = new Discovery(DNS, surroundings(['10.0.0.2'], names));
    expect(await discovery.refresh()).toEqual({
      self: '10.0.0.2',
      peers: [
        { name: '10.0.0.1', responder: '10.0.0.1:4821', http: '10.0.0.1:8080' },
        { name: '10.0.0.3', responder: '10.0.0.3:4821', http: '10.0.0.3:8080' },
      ],
      problem: null,
      joined: ['10.0.0.1', '10.0.0.3'],
      left: [],
    });
  });

  it('come and go', async () => {
    const names = { agents: ['10.0.0.1', '10.0.0.2', '10.0.0.3'] };
    const discovery = new Discovery(DNS, surroundings(['10.0.0.1'], names));
    await discovery.refresh();
    names.agents = ['10.0.0.1', '10.0.0.3', '10.0.0.4'];
    expect(await discovery.refresh()).toMatchObject({ joined: ['10.0.0.4'], left: ['10.0.0.2'] });
    expect(await discovery.refresh()).toMatchObject({ joined: [], left: [] });
  });

  it('stay as they were when the name cannot be resolved, and it is said', async () => {
    const names: Record<string, string[]> = { agents: ['10.0.0.1', '10.0.0.2'] };
    const discovery = new Discovery(DNS, surroundings(['10.0.0.1'], names));
    const before = await discovery.refresh();
    delete names['agents'];
    const problem = 'peers: agents cannot be resolved here (ENOTFOUND); those known before stay';
    expect(await discovery.refresh()).toEqual({ ...before, joined: [], left: [], problem });
    names['agents'] = ['10.0.0.1', '10.0.0.2'];
    expect(await discovery.refresh()).toMatchObject({ peers: before.peers, problem: null });
  });

  it('are none before the name could ever be resolved; this one knows itself by its interface', async () => {
    const discovery = new Discovery(DNS, surroundings(['fe80::1', '10.0.0.9'], {}));
    expect(await discovery.refresh()).toMatchObject({ self: '10.0.0.9', peers: [], joined: [], left: [] });
  });

  it('keep the name of one that is not ready, so that it is missing in DNS', async () => {
    const names = { agents: ['10.0.0.1', '10.0.0.2'] };
    const discovery = new Discovery(DNS, surroundings(['172.16.0.1', '10.0.0.1'], names));
    expect((await discovery.refresh()).self).toBe('10.0.0.1');
    names.agents = ['10.0.0.2'];
    expect((await discovery.refresh()).self).toBe('10.0.0.1');
  });

  it('with two families are known by the first asked for that the name has', async () => {
    const names = { agents: ['fd00::2', '10.0.0.2', 'fd00:0:0::3', '10.0.0.3', '::ffff:10.0.0.4'] };
    const both = await new Discovery(DNS, surroundings(['10.0.0.3', 'fd00::3'], names)).refresh();
    expect(both.peers.map(({ name }) => name)).toEqual(['10.0.0.2', '10.0.0.4']);
    const only6 = new Discovery({ ...DNS, families: [6] }, surroundings(['10.0.0.3', 'fd00::3'], names));
    expect(await only6.refresh()).toMatchObject({
      self: 'fd00::3',
      peers: [{ name: 'fd00::2', responder: '[fd00::2]:4821', http: '[fd00::2]:8080' }],
    });
  });

  it('are not taken for others when records of one family fail', async () => {
    const names = { agents: ['10.0.0.2', 'fd00::2'] };
    const discovery = new Discovery(DNS, surroundings(['10.0.0.1'], names));
    await discovery.refresh();
    names.agents = ['fd00::2'];
    const change = await discovery.refresh();
    expect(change.peers.map(({ name }) => name)).toEqual(['10.0.0.2']);
    expect(change.problem).toBe('peers: agents has no IPv4 address of an agent; those known before stay');
  });

  it('are no groups, no link and nobody: only addresses of one host that can be asked', async () => {
    const names = { agents: ['224.0.0.1', '0.0.0.0', '255.255.255.255', 'fe80::1', '127.0.1.1', '10.0.0.2'] };
    const { peers } = await new Discovery(DNS, surroundings(['10.0.0.1'], names)).refresh();
    expect(peers.map(({ name }) => name)).toEqual(['10.0.0.2']);
  });

  it('are no more than ten thousand, the same ones everywhere, and it is said', async () => {
    const names = { agents: Array.from({ length: 10_001 }, (_, at) => `10.1.${at >> 8}.${at & 255}`) };
    const { peers, problem } = await new Discovery(DNS, surroundings(['10.1.0.0'], names)).refresh();
    expect(peers).toHaveLength(9_999);
    expect(problem).toBe('peers: only 9999 of 10000 other agents are measured, the first by name');
  });
});

describe('agents of a list', () => {
  it('are all entries but that of this host, by whatever name it has there', async () => {
    const names = { 'a.example': ['10.0.0.1'], 'b.example': ['fd00::2', '10.0.0.2'], '10.0.0.3': ['10.0.0.3'] };
    const discovery = new Discovery(list('a.example', 'b.example:5000', '10.0.0.3'), surroundings(['fd00::2'], names));
    const change = await discovery.refresh();
    expect(change.self).toBe('b.example:5000');
    expect(change.peers.map(({ name, responder }) => [name, responder])).toEqual([
      ['10.0.0.3', '10.0.0.3:4821'],
      ['a.example', 'a.example:4821'],
    ]);
  });

  it('stay when they cannot be resolved, and it is said until this host has been recognised', async () => {
    const names: Record<string, string[]> = {};
    const discovery = new Discovery(list('a.example', 'b.example', 'c.example'), surroundings(['10.0.0.1'], names));
    expect(await discovery.refresh()).toMatchObject({
      self: '10.0.0.1',
      joined: ['a.example', 'b.example', 'c.example'],
      problem: 'peers: a.example cannot be resolved here (ENOTFOUND), and 2 more',
    });
    names['a.example'] = ['10.0.0.1'];
    expect(await discovery.refresh()).toMatchObject({ self: 'a.example', left: ['a.example'] });
    delete names['a.example'];
    expect(await discovery.refresh()).toMatchObject({ self: 'a.example', left: [], problem: null });
  });

  it('written twice are one', async () => {
    const names = { 'a.example': ['10.0.0.2'] };
    const discovery = new Discovery(list('a.example', 'a.example:4821'), surroundings(['10.0.0.1'], names));
    expect((await discovery.refresh()).peers).toHaveLength(1);
  });

  it('that cannot be read are refused at once', () => {
    expect(() => new Discovery(list('a.example', 'https://b.example'), surroundings([], {}))).toThrow(UsageError);
  });
});
