import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENVIRONMENTS, type PacketTooBig } from '../../../../src/contract.ts';
import { BASES } from '../../../../src/diagnosis/causes/bases.ts';
import { causeOf } from '../../../../src/diagnosis/causes/cause-of.ts';
import { diagnose } from '../../../../src/diagnosis/diagnose.ts';
import { INTERFACE_KINDS, type LocalInterface } from '../../../../src/surroundings.ts';
import { measurement, NOWHERE, SILENT_1400, TOLD_1400 } from '../measurement.ts';
import { measured, viewOf } from './views.ts';

const VXLAN = 'VXLAN over IPv4 (flannel, Calico, Cilium, Neutron): 1500 - 50';
const NEXT_DOOR: PacketTooBig = { from: '172.17.0.1', nextHopMtu: 1450, ttl: 1 };
const ETH0: LocalInterface = { name: 'eth0', mtu: 1500, kind: 'veth' };

function local(name: string, mtu: number, kind: LocalInterface['kind'] = 'other'): LocalInterface {
  return { name, mtu, kind };
}

function first(view: Parameters<typeof causeOf>[0]): string | undefined {
  return causeOf(view)?.name;
}

describe('a container inside a pod of flannel', () => {
  const inner = viewOf({ mtu: 1450, packetTooBig: [NEXT_DOOR], interfaces: [ETH0], environments: ['docker'] });

  it('is told of VXLAN, and of the bridge next door', () => {
    expect(causeOf(inner)).toEqual({
      name: `${VXLAN} (172.17.0.1, the Docker bridge next door, passes on no more than 1450; eth0 is a veth, as containers have)`,
      deltaBytes: 50,
      others: [
        'Geneve over IPv4, without options (Cilium): 1500 - 50',
        'private networks of Hetzner Cloud: 1450',
        'Windows nodes of AKS: 1450',
        'OpenVPN over UDP (approximately): 1500 - 50',
        'GRE between Open vSwitches (Neutron), NVGRE, OTV over PPPoE: 1492 - 42',
      ],
    });
  });

  it('finds the bridge without knowing how far it is', () => {
    const view = viewOf({ mtu: 1450, packetTooBig: [{ ...NEXT_DOOR, ttl: null }] });
    expect(first(view)).toBe(`${VXLAN} (172.17.0.1, the Docker bridge next door, passes on no more than 1450)`);
  });

  it('does not take a bridge for the one next door when it is further away', () => {
    expect(first(viewOf({ mtu: 1450, packetTooBig: [{ ...NEXT_DOOR, ttl: 2 }] }))).toBe(VXLAN);
  });

  it('heeds nobody who says another number', () => {
    expect(first(viewOf({ mtu: 1450, packetTooBig: [{ ...NEXT_DOOR, nextHopMtu: 1480 }] }))).toBe(VXLAN);
  });

  it('is in the finding that says what to do', () => {
    const [finding] = diagnose(measurement({ reverse: SILENT_1400 }), 'rubygems.org', NOWHERE).findings;
    expect(finding?.cause?.name).toBe("Azure's network, which fragments above it: 1400");
    expect(finding?.cause?.deltaBytes).toBe(100);
  });
});

describe('the base', () => {
  it.each([
    [1500, 1400, "Azure's network, which fragments above it: 1400", 100],
    [1450, 1400, 'VXLAN inside VXLAN (a cluster on OpenStack, or in another cluster): 1450 - 50', 50],
    [1460, 1400, 'WireGuard over IPv4 on Google Cloud: 1460 - 60 (an interface here has 1460, as on Google Cloud)', 60],
    [1500, 1440, 'WireGuard over IPv4: 1500 - 60', 60],
    [1460, 1440, "IP in IP on Google Cloud (Calico's old default): 1460 - 20", 20],
    [1500, 1430, 'VXLAN over IPv6 (Calico, Cilium, Neutron): 1500 - 70', 70],
    [1500, 1420, 'WireGuard (default of wg-quick and flannel): 1500 - 80', 80],
    [1500, 1412, 'WireGuard over PPPoE: 1492 - 80', 80],
    [1500, 1460, "Google Cloud's default: 1460", 40],
    [1450, 1360, 'GitLab.com hosted runners on Google Cloud: 1460 - 100', 100],
    [9001, 8500, 'AWS Transit Gateway, Cloud WAN or Direct Connect: 8500 (an interface here has 9001, as on AWS)', 501],
    [1500, 1280, 'Tailscale: 1280', 220],
  ])('%i, of which %i arrive: %s', (own, mtu, name, deltaBytes) => {
    expect(causeOf(viewOf({ own, mtu }))).toMatchObject({ name, deltaBytes });
  });

  it('is what others behind this host start with, where that was asked for', () => {
    const egress = { interface: 'eth0', address: '10.244.1.5', mtu: 1450, cachedPathMtu: null };
    const reverse = { pathMtu: 1450, settledBy: 'loss', silence: true, lost: [1451] } as const;
    const given = measurement({
      tcp: { pathMtu: 1450, ceiling: 1450 },
      echo: null,
      reverse,
      rest: { egress, ceiling: 1450 },
    });
    expect(causeOf(measured(given))).toMatchObject({ name: VXLAN, deltaBytes: 50 });
  });
});

describe('a family', () => {
  it('has its own tunnels', () => {
    expect(first(viewOf({ mtu: 1480, family: 4 }))).toBe('IP in IP (Calico): 1500 - 20');
    expect(causeOf(viewOf({ mtu: 1480, family: 6 }))?.name).toBe('IPv6 in IPv4 (6in4, SIT): 1500 - 20');
    expect(causeOf(viewOf({ mtu: 1480, family: 6 }))?.others.join()).not.toContain('Calico');
  });
});

describe('what is seen here moves a match up, and is said', () => {
  it.each([
    [1450, local('tun0', 1450, 'tun'), 'OpenVPN over UDP (approximately): 1500 - 50 (tun0 here has an MTU of 1450)'],
    [1450, local('cilium_geneve', 1500), 'Geneve over IPv4, without options (Cilium): 1500 - 50 (cilium_geneve is an'],
    [1450, local('flannel.1', 1450, 'vxlan'), `${VXLAN} (flannel.1 here has an MTU of 1450)`],
    [1450, local('vx0', 1450, 'vxlan'), `${VXLAN} (vx0 here has an MTU of 1450)`],
    [1450, local('docker_gwbridge', 1500, 'bridge'), `${VXLAN} (docker_gwbridge is an interface here)`],
    [1450, local('cni0', 1450, 'bridge'), `${VXLAN} (cni0 here has an MTU of 1450)`],
    [1280, local('wt0', 1280, 'wireguard'), 'NetBird: 1280 (wt0 here has an MTU of 1280)'],
    [1280, local('tailscale0', 1280, 'tun'), 'Tailscale: 1280 (tailscale0 here has an MTU of 1280)'],
    [1410, local('weave', 1410, 'bridge'), 'Weave Net 1: 1410 (weave here has an MTU of 1410)'],
    [
      1400,
      local('wg0', 1400, 'wireguard'),
      'WireGuard over IPv4 on Google Cloud: 1460 - 60 (wg0 here has an MTU of 1400)',
    ],
    [
      1400,
      local('ovn-k8s-mp0', 1400),
      'OVN-Kubernetes or Kube-OVN (100 bytes kept free): 1500 - 100 (ovn-k8s-mp0 here',
    ],
    [1400, local('ppp0', 1400), 'a PPTP client: 1400 (ppp0 here has an MTU of 1400)'],
    [1430, local('cali0123', 1430, 'veth'), 'VXLAN over IPv6 (Calico, Cilium, Neutron): 1500 - 70 (cali0123 here has'],
    [
      1360,
      local('eth1', 1460),
      'GitLab.com hosted runners on Google Cloud: 1460 - 100 (an interface here has 1460, as',
    ],
  ])('%i beside %o: %s', (mtu, seen, name) => {
    expect(first(viewOf({ mtu, interfaces: [seen] }))).toContain(name);
  });

  it('but never makes one', () => {
    const interfaces = [local('wg0', 1420, 'wireguard'), local('tailscale0', 1280, 'tun')];
    const found = causeOf(viewOf({ mtu: 1450, interfaces }));
    expect(found?.name).toBe(VXLAN);
    expect(found).toEqual(causeOf(viewOf({ mtu: 1450 })));
    expect(causeOf(viewOf({ mtu: 1333, interfaces }))).toBeNull();
  });

  it('takes no notice of devices that every namespace has', () => {
    const interfaces = ['tunl0', 'sit0', 'gre0', 'ip6tnl0', 'lo'].map((name) => local(name, 1480));
    expect(causeOf(viewOf({ mtu: 1480, interfaces }))).toEqual(causeOf(viewOf({ mtu: 1480 })));
  });

  it('says once what is seen once', () => {
    const found = causeOf(viewOf({ mtu: 1400, interfaces: [local('flannel.1', 1400, 'vxlan'), ETH0] }));
    const text = [found?.name, ...(found?.others ?? [])].join('\n');
    expect(text.match(/flannel\.1 here/g)).toHaveLength(1);
    expect(text.match(/eth0 is a veth/g)).toHaveLength(1);
  });

  it('knows clusters by the environment and by the address of who speaks', () => {
    const cluster = viewOf({ mtu: 1450, environments: ['kubernetes'] });
    expect(first(cluster)).toBe(`${VXLAN} (this runs in kubernetes)`);
    const gateway = viewOf({ mtu: 1450, packetTooBig: [{ from: '10.244.3.1', nextHopMtu: 1450, ttl: 2 }] });
    expect(first(gateway)).toBe(`${VXLAN} (10.244.3.1 has an address as clusters give them to pods)`);
    const mesh = viewOf({ mtu: 1280, packetTooBig: [{ from: '100.101.102.103', nextHopMtu: 1280, ttl: null }] });
    expect(first(mesh)).toContain('Tailscale: 1280 (100.101.102.103 has an address as Tailscale');
    const home = viewOf({ mtu: 1492, packetTooBig: [{ from: '192.168.1.254', nextHopMtu: 1492, ttl: 2 }] });
    expect(first(home)).toContain('PPPoE, as DSL and fibre lines have it: 1500 - 8 (192.168.1.254 has an address');
  });
});

describe('the place of the narrow link', () => {
  const NEXT = { ttl: 2, address: null };

  it('next door is an interface of the host', () => {
    const behind = viewOf({ mtu: 1400, hop: { ttl: 1, address: '172.17.0.1', next: NEXT } });
    const found = causeOf(behind);
    expect(found?.name).toContain('(large packets end behind 172.17.0.1, next door)');
    const names = [found?.name ?? '', ...(found?.others ?? [])];
    const at = (part: string): number => names.findIndex((name) => name.startsWith(part));
    expect(at('VXLAN inside VXLAN')).toBeLessThan(at("somebody's round number"));
    expect(first(viewOf({ mtu: 1450, hop: { ttl: 0, address: '172.17.0.2', next: NEXT } }))).toBe(
      `${VXLAN} (large packets end on the first link)`,
    );
  });

  it('far away is a line or a gateway', () => {
    const next = { ttl: 6, address: null };
    const far = viewOf({ mtu: 1428, hop: { ttl: 5, address: '203.0.113.9', next } });
    expect(first(far)).toBe('LTE, of some providers: 1428 (large packets end 5 hops away)');
    const said = viewOf({ mtu: 1446, packetTooBig: [{ from: '203.0.113.9', nextHopMtu: 1446, ttl: 5 }] });
    expect(first(said)).toContain('(203.0.113.9, 5 hops away, passes on no more than 1446)');
    expect(first(viewOf({ mtu: 1446, hop: { ttl: 2, address: '203.0.113.9', next } }))).not.toContain('(large');
  });

  it('is not known from a hop of another number', () => {
    const view = viewOf({ mtu: 1450, hop: { ttl: 1, address: '172.17.0.1', next: NEXT } });
    expect(first({ ...view, forward: { ...view.forward, pathMtu: 1480 } })).toBe(VXLAN);
  });

  it('is that of any private router whose distance says so', () => {
    const view = viewOf({ mtu: 1450, packetTooBig: [{ from: '10.0.0.1', nextHopMtu: 1450, ttl: 1 }] });
    expect(first(view)).toContain('(10.0.0.1, the router next door, passes on no more than 1450)');
    expect(first(viewOf({ mtu: 1450, packetTooBig: [{ from: '10.0.0.1', nextHopMtu: 1450, ttl: null }] }))).toBe(VXLAN);
  });
});

describe('there is no cause', () => {
  const HELD = { pathMtu: 1400, ceiling: 1400 } as const;
  const bound = { pathMtu: 1400, settledBy: null, silence: true } as const;
  const udp = { portState: 'not-tried', datagramMethod: 'udp-quic' } as const;

  it.each([
    ['where everything arrives', measurement()],
    ['where nothing answers', measurement({ tcp: null, echo: null, reverse: null, rest: { portState: 'silent' } })],
    ['where the number is a lower bound', measurement({ tcp: bound, echo: null, reverse: bound })],
    ['where something looks into TCP', measurement({ tcp: SILENT_1400 })],
    [
      'where a service takes no more over UDP',
      measurement({ tcp: null, echo: { ...SILENT_1400, method: 'udp-quic' }, witness: {}, rest: udp }),
    ],
    ['where only pings vanish', measurement({ tcp: null, echo: SILENT_1400, reverse: null })],
    ['where a route of this host says so', measurement({ tcp: HELD, echo: null, rest: { routeMtu: 1400 } })],
    ['on this host itself', measurement({ rest: { local: true } })],
  ])('%s', (_, given) => {
    expect(causeOf(measured(given))).toBeNull();
  });

  it.each([['told', measurement({ tcp: TOLD_1400, echo: TOLD_1400 })]])(
    'but there is one where the sender is %s',
    (_, given) => {
      expect(causeOf(measured(given))?.name).toBe("Azure's network, which fragments above it: 1400");
    },
  );
});

describe('for any path', () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('172.17.0.1', '192.168.1.1', '10.244.0.1'));
  const ttl = fc.option(fc.integer({ min: 0, max: 40 }));
  const names = fc.constantFrom('eth0', 'wg0', 'flannel.1', 'cali1', 'tun0', 'tailscale0', 'cilium_vxlan', 'cni0', '');
  const found = fc.record({
    mtu: fc.oneof(fc.constantFrom(...BASES.map(({ mtu }) => mtu - 50)), fc.integer({ min: 500, max: 9216 })),
    own: fc.constantFrom(1280, 1400, 1450, 1460, 1480, 1492, 1500, 9000, 9001, 65_536),
    family: fc.constantFrom<4 | 6>(4, 6),
    behaviour: fc.constantFrom<'silent' | 'told'>('silent', 'told'),
    environments: fc.subarray([...ENVIRONMENTS]),
    interfaces: fc.array(
      fc.record({ name: names, mtu: fc.integer({ min: 0, max: 65_536 }), kind: fc.constantFrom(...INTERFACE_KINDS) }),
    ),
    hop: fc.option(
      fc.record({
        ttl: fc.nat(40),
        address: fc.option(address),
        next: fc.record({ ttl: fc.nat(41), address: fc.option(address) }),
      }),
    ),
    packetTooBig: fc.array(
      fc.record({ from: fc.option(address), nextHopMtu: fc.oneof(fc.constant(1450), fc.nat(9216)), ttl }),
    ),
  });

  it('it takes the bytes from a base or from the interface, and names nothing twice', () => {
    const bases = [...BASES.map(({ mtu }) => mtu), 1480, 1440];
    fc.assert(
      fc.property(found, (given) => {
        const cause = causeOf(viewOf(given));
        if (cause === null) return;
        expect([...bases, given.own].map((base) => base - given.mtu)).toContain(cause.deltaBytes);
        expect(cause.deltaBytes).toBeGreaterThan(0);
        const all = [cause.name, ...cause.others];
        expect(new Set(all).size).toBe(all.length);
        expect(all.join()).not.toMatch(/null|undefined|NaN/);
      }),
      { numRuns: 500 },
    );
  });
});
