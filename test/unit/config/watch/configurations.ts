/** Any configuration that can be used, spread over file, environment and command line. */

import fc from 'fast-check';
import { attributeOf } from '../../../../src/config/watch/setting.ts';
import { SETTING_KEYS, SETTINGS, type SettingKey } from '../../../../src/config/watch/settings.ts';

export interface Spread {
  readonly file: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly typed: Readonly<Record<string, unknown>>;
}

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const fileName = fc
  .stringMatching(/^[a-zA-Z0-9#:*&~'"{}[\],\u00e4\u4e2d -]{1,12}$/)
  .filter((text) => text.trim() === text);
const bytes = fc.integer({ min: 1300, max: 9000 }).map(String);
const interval = fc.constantFrom('30s', '60', '90s', '5m', '1h', '2d');
const cron = fc.constantFrom('*/5 * * * *', '0 3 * * MON', '0 0 0 1 1 *', '15,45 8-18 * * *');
const verdict = fc.constantFrom('clear', 'clamped', 'reduced', 'delayed', 'black-hole');
const either = fc.constantFrom('true', 'false');
const places = fc.uniqueArray(word, { minLength: 1, maxLength: 4 });

const labels = fc.dictionary(
  word.map((name) => `l_${name}`),
  fc.constantFrom('ci', '7', 'yes', 'null', '~', 'a: b', '# x', 'ä "quoted" \\ text', "it's"),
  { maxKeys: 3 },
);

const target = fc.record(
  {
    labels,
    interval,
    jitter: fc.constant('2s'),
    gating: either,
    expectMtu: bytes,
    failOn: verdict,
    sni: word,
    gentle: either,
  },
  { requiredKeys: [] },
);

const targets = fc.uniqueArray(word, { minLength: 1, maxLength: 4 }).chain((names) =>
  fc.tuple(
    ...names.map((name) =>
      fc.oneof(
        fc.constant(name),
        target.map((own) => ({ target: name, ...own })),
      ),
    ),
  ),
);

/** Left out are `interface` and others that are text as `sni` is, and what excludes something else. */
const VALUES: Partial<Record<SettingKey, fc.Arbitrary<unknown>>> = {
  jitter: fc.constantFrom('0s', '2s', '500ms'),
  gating: either,
  timeout: fc.constantFrom('500ms', '5', '1m', '1h'),
  failOn: verdict,
  expectMtu: bytes,
  ipv4: either,
  ipv6: either,
  gentle: either,
  sni: word,
  port: fc.integer({ min: 1, max: 65535 }).map(String),
  concurrency: fc.integer({ min: 1, max: 64 }).map(String),
  listen: fc.constantFrom('0.0.0.0:1', '[::]:9482', '10.0.0.1'),
  tokenFile: fileName,
  secretFile: fileName,
  logLevel: fc.constantFrom('trace', 'silent'),
  'history.path': fileName,
  'history.keepSuccesses': fc.constantFrom('1h', '3d'),
  'history.maxSize': fc.constantFrom('1GiB', '1.5MB', '5000000'),
  responder: either,
  'responder.listen': fc.constantFrom(['10.0.0.1'], ['10.0.0.1:5', '[::1]:4821']),
  'responder.maxClients': fc.constant('7'),
  'probe.allow': places,
  notifications: fc.constantFrom(['https://a.example/x?y=z'], ['http://b'], []),
};

/** Of peers that are there. */
const PEER_VALUES: Partial<Record<SettingKey, fc.Arbitrary<unknown>>> = {
  'peers.port': fc.constant('9'),
  'peers.perRound': fc.constant('3'),
  'peers.expectMtu': bytes,
  'peers.gating': either,
  'peers.failOn': verdict,
};

const layer = fc.constantFrom('file', 'env', 'typed');
type Chosen = readonly (readonly [key: SettingKey, value: unknown, layer: keyof Spread])[];

export function configuration(): fc.Arbitrary<Spread> {
  const optional = (values: typeof VALUES): fc.Arbitrary<Chosen> =>
    fc
      .tuple(
        ...Object.entries(values).map(([key, value]) =>
          fc.option(fc.tuple(fc.constant(key as SettingKey), value, layer), { nil: null }),
        ),
      )
      .map((each) => each.filter((one) => one !== null) as unknown as Chosen);
  const schedule = fc.oneof(
    fc.constant([]),
    fc.tuple(fc.tuple(fc.constant('interval' as const), interval, layer)),
    fc.tuple(fc.tuple(fc.constant('cron' as const), cron, layer)),
    // Both: the higher place counts.
    fc.tuple(
      fc.tuple(fc.constant('interval' as const), interval, fc.constant('file' as const)),
      fc.tuple(fc.constant('cron' as const), cron, fc.constantFrom('env' as const, 'typed' as const)),
    ),
  );
  const hosts = places.map((list) => ['peers.hosts', list, 'typed'] as const);
  const dns = word.map((name) => ['peers.dns', name, 'env'] as const);
  const peers = fc.oneof(
    fc.constant([]),
    fc.tuple(fc.oneof(hosts, dns), optional(PEER_VALUES)).map(([source, rest]) => [source, ...rest]),
  );
  return fc
    .tuple(targets, optional(VALUES), schedule, peers)
    .map(([list, ...chosen]) => spread([['targets', list, 'file'], ...chosen.flat()] as Chosen));
}

function spread(chosen: Chosen): Spread {
  const into = { file: {}, env: {}, typed: {} } as Record<keyof Spread, Record<string, unknown>>;
  for (const key of SETTING_KEYS) {
    const [, value, where] = chosen.find(([each]) => each === key) ?? [];
    const setting = SETTINGS[key];
    if (where === 'file') put(into.file, key, value);
    else if (where === 'env') into.env[setting.variable] = Array.isArray(value) ? value.join(',') : value;
    else if (where === 'typed') into.typed[attributeOf(setting)] = setting.kind === 'switch' ? value === 'true' : value;
  }
  return into as unknown as Spread;
}

function put(file: Record<string, unknown>, key: SettingKey, value: unknown): void {
  const [group = '', name] = key.split('.');
  if (name === undefined) file[group] = value;
  // Where it is said to be on or off already, the mapping has to go elsewhere.
  else if (typeof file[group] !== 'string') file[group] = { ...(file[group] as object | undefined), [name]: value };
}
