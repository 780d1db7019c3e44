/** The responder on a real kernel, asked through routers by a client that knows nothing but the wire format. */

import { describe, expect, it } from 'vitest';
import { COMMAND, lab } from './lab.ts';

const LIMIT_MS = 60_000;
const PROGRAMS = new URL('responder/', import.meta.url).pathname;
const SERVER = { 4: '10.0.3.2', 6: 'fd00:3::2' } as const;
const PORT = 4821;
const IS_ROOT = process.geteuid?.() === 0;
/** In a user namespace of one user there is nobody else to become. */
const STAY = IS_ROOT ? '' : '--user root';

type Json = Readonly<Record<string, unknown>>;

interface Served {
  /** What the words said, line by line. */
  readonly lines: readonly string[];
  readonly log: readonly Json[];
}

/** Starts the responder in the scenario's server, and runs the words in its client; `$pid` is the responder's. */
async function served(scenario: string, options: string, ...words: readonly string[]): Promise<Served> {
  const script = [
    'echo 0123456789abcdef > /run/secret',
    'S="nsenter --net=/run/netns/S --"',
    `$S ${process.execPath} ${COMMAND} serve ${STAY} ${options} 2> /run/log & pid=$!`,
    // Five seconds are more than a start takes on a busy machine.
    'for turn in $(seq 50); do grep -qs listens /run/log && break; sleep 0.1; done',
    ...words,
    'kill -TERM $pid; wait $pid; echo "ended with $?"; cat /run/log',
  ];
  const { exitCode, output } = await lab('enter', scenario, '--', 'sh', '-c', script.join('\n'));
  expect(exitCode, output).toBe(0);
  const [said = '', logged = ''] = output.split('ended with 0\n');
  const log = logged.split('\n').filter((line) => line !== '');
  expect(log.length, output).toBeGreaterThan(0);
  return { lines: said.split('\n').slice(0, -1), log: log.map((line) => JSON.parse(line) as Json) };
}

function talk(address: string, steps: readonly unknown[], more: Json = {}): string {
  return `${process.execPath} ${PROGRAMS}talk.mjs '${JSON.stringify({ address, port: PORT, steps, ...more })}'`;
}

function connect(address: string, connections: readonly unknown[], more: Json = {}): string {
  return `${process.execPath} ${PROGRAMS}connect.mjs '${JSON.stringify({ address, port: PORT, connections, ...more })}'`;
}

function parsed(lines: readonly string[]): Json[][] {
  return lines.map((line) => JSON.parse(line) as Json[]);
}

const ended = ({ log }: Served): Json => log.at(-1) ?? {};
const WELCOME = { kind: 'welcome', interfaceMtu: 1500, cachedPathMtu: null, bytes: 56 };
const STALE = { kind: 'error', code: 'stale-cookie', bytes: 52 };

describe('datagrams', () => {
  it.each([4, 6] as const)(
    'are acknowledged, asked for and told of, over IPv%d',
    { timeout: LIMIT_MS },
    async (family) => {
      const steps = [['hello'], ['probe', 1400], ['wave', [1500, 1400, 1401, 9000, 200]], ['status'], ['hello', 900]];
      const result = await served('told', '', talk(SERVER[family], steps));
      const [welcome, ack, wave, state, again] = parsed(result.lines);
      const from = family === 4 ? '00000000000000000000ffff0a000301' : 'fd000003000000000000000000000001';
      expect(welcome).toMatchObject([{ ...WELCOME, by: SERVER[family], mine: true }]);
      expect(ack).toMatchObject([{ kind: 'ack', id: 1, size: 1400, largestFragment: null, hops: 62 }]);
      const answers = new Map((wave ?? []).map((answer) => [answer.id, answer]));
      expect(answers.get(2)).toMatchObject({ kind: 'told', nextHopMtu: 1400, from });
      expect(answers.get(3)).toMatchObject({ kind: 'data', bytes: family === 4 ? 1372 : 1352 });
      expect(answers.get(4)).toMatchObject({ kind: 'told', nextHopMtu: 1400, from });
      expect(answers.get(5)).toMatchObject({ kind: 'limit', mtu: 1500 });
      expect(answers.get(6)).toMatchObject({ kind: 'data', bytes: family === 4 ? 172 : 152 });
      const learnt = { interfaceMtu: 1500, cachedPathMtu: 1400 };
      expect(state).toMatchObject([{ kind: 'state', ...learnt, probes: 1, sent: 4, withheld: 0 }]);
      expect(again).toMatchObject([{ ...WELCOME, ...learnt }]);
      expect(ended(result)).toMatchObject({ welcomed: 2, acknowledged: 1, sent: 4, limited: 1, told: 2, msg: 'ended' });
    },
  );

  it('are sent in full though the responder remembers a smaller path MTU', { timeout: LIMIT_MS }, async () => {
    const { lines } = await served('told', '', talk(SERVER[4], [['hello'], ['wave', [1500]], ['wave', [1500]]]));
    expect(parsed(lines).slice(1)).toMatchObject([[{ kind: 'told', id: 1 }], [{ kind: 'told', id: 2 }]]);
  });

  it('tell that they were fragmented', { timeout: LIMIT_MS }, async () => {
    const { lines } = await served('told', '', talk(SERVER[4], [['hello'], ['probe', 3000]]));
    // 1396: the fragment's payload is a multiple of eight (RFC 791 §3.2).
    expect(parsed(lines)[1]).toMatchObject([{ kind: 'ack', size: 3000, largestFragment: 1396 }]);
  });

  it('that vanish on the way are missing', { timeout: LIMIT_MS }, async () => {
    const { lines } = await served('quic-silent', '', talk(SERVER[4], [['hello'], ['probe', 1401], ['probe', 1400]]));
    expect(parsed(lines).slice(1)).toMatchObject([[], [{ kind: 'ack', size: 1400 }]]);
  });

  it('get nothing that they have no right to', { timeout: LIMIT_MS }, async () => {
    const noise = { kind: 'data', id: 3 };
    const steps = [
      ['hello'],
      ['wave-twice', [300]],
      ['forge'],
      ['short-hello', 55],
      ['noise', noise],
      ['socket', 1500],
    ];
    const result = await served('clear', '', talk(SERVER[4], steps));
    const [, twice, forged, short, nonsense, elsewhere] = parsed(result.lines);
    expect(twice).toMatchObject([{ kind: 'data', id: 1 }]);
    expect(forged).toMatchObject([STALE]);
    expect([short, nonsense]).toEqual([[], []]);
    expect(elsewhere).toMatchObject([{ kind: 'error', code: 'stale-cookie' }]);
    expect(ended(result)).toMatchObject({ malformed: 5, replayed: 1, staleCookie: 2 });
  });

  it('come from the address that was asked, and never for one that is asked with others', {
    timeout: LIMIT_MS,
  }, async () => {
    const { lines } = await served(
      'clear',
      '',
      '$S ip addr add 10.0.3.77/24 dev s0',
      '$S ip addr add fd00:3::77/64 dev s0 nodad',
      talk('10.0.3.77', [['hello']]),
      talk('fd00:3::77', [['hello']]),
      talk(SERVER[4], [['hello']]),
      `nsenter --net=/run/netns/R2 -- ${talk('ff02::1%r2b', [['hello']])}`,
    );
    const [first, second, third, all] = parsed(lines);
    expect([first, second, third]).toMatchObject([[{ by: '10.0.3.77' }], [{ by: 'fd00:3::77' }], [{ by: SERVER[4] }]]);
    expect(all).toEqual([]);
  });

  it('of a link without routers are answered over it', { timeout: LIMIT_MS }, async () => {
    const { lines } = await served(
      'clear',
      '',
      'link=$($S ip -6 -o addr show dev s0 scope link | sed "s/.*inet6 \\([^/]*\\).*/\\1/")',
      `nsenter --net=/run/netns/R2 -- ${talk('LINK', [['hello'], ['probe', 500]]).replace('LINK', `'"$link"'%r2b`)}`,
    );
    expect(parsed(lines)).toMatchObject([[{ kind: 'welcome' }], [{ kind: 'ack', size: 500, hops: 64 }]]);
  });

  it('of another version are told which ones would do', { timeout: LIMIT_MS }, async () => {
    const { lines } = await served(
      'clear',
      '',
      talk(SERVER[4], [['hello']], { version: 2 }),
      connect(SERVER[4], [[['version', 2]]]),
    );
    const says = { kind: 'error', code: 'unsupported-version', lowestVersion: 1, highestVersion: 1 };
    expect(parsed(lines.slice(0, 1))).toMatchObject([[says]]);
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ came: [says], ended: 'closed' });
  });
});

describe('connections', () => {
  it.each([4, 6] as const)(
    'tell of the SYN as a router changed it, over IPv%d',
    { timeout: LIMIT_MS },
    async (family) => {
      const asked = [['report'], ['reply', 3000], ['upload', 100_000], ['sink', 5000], ['reply', 10, 'close']];
      const { lines } = await served('quic-silent', '', connect(SERVER[family], [asked]));
      const { came, ended: how } = JSON.parse(lines[0] ?? '') as { came: readonly Json[]; ended: string };
      const syn = { mss: 1300, size: family === 4 ? 60 : 80, hops: 62, dontFragment: family === 4 };
      expect(came).toMatchObject([
        { syn, sndMss: 1288, advMss: family === 4 ? 1448 : 1428, pathMtu: 1500, elapsedMs: null, bytesReceived: 36 },
        { zeros: 3000 },
        { syn, bytesReceived: 100_108, elapsedMs: expect.any(Number) },
        { zeros: 10 },
      ]);
      expect(how).toBe('closed');
    },
  );

  it('that say nothing, too little or nonsense are ended', { timeout: LIMIT_MS }, async () => {
    const result = await served(
      'clear',
      '',
      connect(SERVER[4], [
        [['until-end']],
        [['raw', 0, 'MTUP'], ['until-end']],
        [['report'], ['raw', 0, 'MTUP'], ['until-end']],
        [['report'], ['until-end']],
        [['raw', 0, 'GET / HTTP/1.1\\r\\nHost: server.lab.test\\r\\n\\r\\n'], ['until-end']],
        [['reply', 1_048_577], ['until-end']],
      ]),
    );
    const lasted = result.lines.map((line) => (JSON.parse(line) as { lasted: number }).lasted / 1000);
    const [silent, slow, late, idle, nonsense, long] = lasted;
    for (const [seconds, limit] of [
      [silent, 5],
      [slow, 5],
      [late, 5],
      [idle, 15],
    ] as const) {
      expect(seconds).toBeGreaterThanOrEqual(limit - 0.1);
      expect(seconds).toBeLessThan(limit + 2);
    }
    expect(Math.max(nonsense ?? 9, long ?? 9)).toBeLessThan(2);
    expect(ended(result)).toMatchObject({ connections: 6, timedOut: 4, malformed: 2 });
  });

  it('beyond what one address or all may have are told so', { timeout: LIMIT_MS }, async () => {
    const result = await served('clear', '--max-clients 8', connect(SERVER[4], new Array(6).fill([['report']])));
    const kinds = result.lines.map((line) => {
      const { came, ended: how } = JSON.parse(line) as { came: readonly Json[]; ended: string | null };
      return [came[0]?.code ?? 'report', how];
    });
    expect(kinds.filter(([kind]) => kind === 'report')).toEqual([
      ['report', null],
      ['report', null],
    ]);
    expect(kinds.filter(([kind]) => kind === 'busy')).toEqual(new Array(4).fill(['busy', 'closed']));
    expect(ended(result)).toMatchObject({ connections: 6, busy: 4 });
  });
});

describe('with a secret', () => {
  it('only those are served who have it', { timeout: LIMIT_MS }, async () => {
    const secret = '0123456789abcdef';
    const steps = [['hello'], ['probe', 1000], ['wave', [1500]]];
    const result = await served(
      'clear',
      '--secret-file /run/secret',
      talk(SERVER[4], steps, { secret }),
      talk(SERVER[4], [['hello']], { secret: 'fedcba9876543210' }),
      talk(SERVER[4], [['hello']]),
      connect(SERVER[4], [[['report']]], { secret }),
      connect(SERVER[4], [[['report']]]),
    );
    const [welcome, ack, wave, wrong, none] = parsed(result.lines.slice(0, 5));
    expect([welcome, ack, wave]).toMatchObject([[WELCOME], [{ kind: 'ack' }], [{ kind: 'data' }]]);
    for (const answers of [welcome, ack, wave]) expect(answers).toMatchObject([{ signed: true }]);
    expect([wrong, none]).toEqual([[], []]);
    expect(result.lines.slice(5).map((line) => (JSON.parse(line) as { came: unknown[] }).came.length)).toEqual([1, 0]);
    expect(ended(result)).toMatchObject({ unsigned: 3 });
  });
});

describe('started as root', () => {
  const STATUS = 'grep -E "^(Uid|Gid|Groups|CapEff):" /proc/$pid/status';

  it.each(
    IS_ROOT
      ? [
          ['', '65534', '65534'],
          ['--user 1234:5678', '1234', '5678'],
          ['--user root', '0', '0'],
        ]
      : [],
  )('it is somebody else once it listens: %s', { timeout: LIMIT_MS }, async (options, user, group) => {
    // The responder is the only child of nsenter's process, which becomes it.
    const { lines } = await served('clear', options, STATUS, talk(SERVER[4], [['hello'], ['wave', [1500]]]));
    const [uid, gid, , capabilities, ...answers] = lines;
    expect(uid?.split('\t').slice(1)).toEqual(new Array(4).fill(user));
    expect(gid?.split('\t').slice(1)).toEqual(new Array(4).fill(group));
    if (user !== '0') expect(capabilities).toMatch(/\t0+$/);
    expect(parsed(answers)).toMatchObject([[WELCOME], [{ kind: 'data' }]]);
  });
});

describe('under a flood', () => {
  const FLOOD = { datagrams: 60_000, connections: 2000 };
  /** What V8 lets the heap grow to before it looks for what is not used any more: the same after a million. */
  const GROWTH_KB = 90_000;

  it('of datagrams and connections it goes on serving, in the same memory', { timeout: LIMIT_MS }, async () => {
    const rss = 'grep VmRSS /proc/$pid/status | tr -dc 0-9; echo';
    const flood = `${process.execPath} ${PROGRAMS}flood.mjs '${JSON.stringify({ address: SERVER[4], port: PORT, ...FLOOD })}'`;
    const result = await served(
      'clear',
      '--log-level info',
      rss,
      flood,
      talk(SERVER[4], [['hello'], ['probe', 1400]]),
      rss,
      'ls /proc/$pid/fd | wc -l',
    );
    const [before, flooded, welcome, ack, after, descriptors] = result.lines;
    const { sent, sentBytes, cameBytes, opened } = JSON.parse(flooded ?? '') as Record<string, number>;
    expect({ sent, opened }).toEqual({ sent: FLOOD.datagrams, opened: FLOOD.connections });
    expect(cameBytes).toBeLessThan(sentBytes ?? 0);
    expect(parsed([welcome ?? '', ack ?? ''])).toMatchObject([[WELCOME], [{ kind: 'ack', size: 1400 }]]);
    expect(Number(after) - Number(before)).toBeLessThan(GROWTH_KB);
    expect(Number(descriptors)).toBeLessThan(40);
    // One line at the start, one at the end: nothing for each packet, and nothing that was not handled.
    expect(result.log.map(({ msg }) => msg)).toEqual([expect.stringMatching(/^listens on /), 'ended']);
  });
});
