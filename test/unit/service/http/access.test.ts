import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringsToken } from '../../../../src/service/http/access.ts';
import { isLoopback, isLoopbackHost } from '../../../../src/service/http/hosts.ts';
import { MADE_UP_MESH, MADE_UP_ROW } from '../../../service/made-up-mesh.ts';
import { CLEAR_PATH } from '../../../service/made-up-paths.ts';
import { MadeUpService } from '../../../service/made-up-service.ts';
import { OPEN, type Opened, open, opened } from './opened.ts';

const TOKEN = 'a token: with spaces, a colon and é';

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString('base64')}`;
}

describe('who brings the token', () => {
  const token = 'b3a1c0de:b3a1c0de';
  it.each([
    [`Bearer ${token}`, true],
    [`bearer  ${token}`, true],
    [basic(`anybody:${token}`), true],
    [basic(`:${token}`), true],
    [`Bearer ${token}x`, false],
    [`Bearer ${token.slice(1)}`, false],
    ['Bearer ', false],
    ['Bearer', false],
    [token, false],
    [`Digest ${token}`, false],
    [basic(token.replace(':', '')), false],
    // The first colon ends the user name.
    [basic(token), false],
    [basic(`${token}:`), false],
    ['Basic %%%', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (authorization, expected) => {
    expect(bringsToken(authorization, token)).toBe(expected);
  });

  it('no token is brought where it is empty', () => {
    expect(bringsToken(basic('user'), 'secret')).toBe(false);
    expect(bringsToken(basic('user:'), 'secret')).toBe(false);
  });
});

const OPEN_ROUTES = ['/healthz', '/readyz'];
const GUARDED = [
  '/metrics',
  '/api/v1/paths',
  `/api/v1/paths/${CLEAR_PATH.id}`,
  `/api/v1/paths/${CLEAR_PATH.id}/history`,
  '/api/v1/events?limit=1',
  '/api/v1/mesh/row',
  '/api/v1/mesh',
  '/api/v1/openapi.json',
  '/probe?target=rubygems.org',
  '/',
  '/mesh',
  '/assets/app.js',
];
const WAYS: readonly (readonly [way: string, authorization: string | null, isGood: boolean])[] = [
  ['nothing', null, false],
  ['a wrong token', 'Bearer wrong', false],
  ['a wrong password', basic('user:wrong'), false],
  ['the token as user name', basic(`${TOKEN}:`), false],
  ['the password', basic(`user:${TOKEN}`), true],
];

function rich(): MadeUpService {
  const view = new MadeUpService();
  view.setMesh(MADE_UP_ROW, MADE_UP_MESH);
  return view;
}

describe('with a token', () => {
  const rows = [...OPEN_ROUTES, ...GUARDED, '/nowhere'].flatMap((url) =>
    WAYS.map(([way, authorization, isGood]) => ({ url, way, authorization, isGood })),
  );
  const view = rich();
  let shared: Opened;
  beforeAll(async () => {
    shared = await open(view, { ...OPEN, token: TOKEN });
  });
  afterAll(() => shared.app.close());

  it.each(rows)('$url with $way', async ({ url, authorization, isGood }) => {
    const probes = view.probed.length;
    const headers = { accept: 'application/json', ...(authorization === null ? {} : { authorization }) };
    const { statusCode, headers: answered, body } = await shared.app.inject({ url, headers });
    if (OPEN_ROUTES.includes(url)) expect(statusCode).toBe(url === '/readyz' ? 503 : 200);
    else if (isGood) expect(statusCode).toBe(url === '/nowhere' ? 404 : 200);
    else {
      expect(statusCode).toBe(401);
      expect(answered['www-authenticate']).toEqual([
        'Bearer realm="mtu-probe"',
        'Basic realm="mtu-probe", charset="UTF-8"',
      ]);
      expect(JSON.parse(body).error).toBe('unauthorized');
      expect(view.probed).toHaveLength(probes);
    }
  });

  it('every route but health is guarded: none was forgotten here', async () => {
    const document = await shared.app.inject({
      url: '/api/v1/openapi.json',
      headers: { authorization: basic(`:${TOKEN}`) },
    });
    const { paths } = document.json() as { paths: Record<string, unknown> };
    const asked = [...OPEN_ROUTES, ...GUARDED].map((url) => url.replace(CLEAR_PATH.id, '{id}').replace(/\?.*/, ''));
    expect(asked).toEqual(expect.arrayContaining(Object.keys(paths)));
  });

  it('whoever guesses is slowed down', async () => {
    const { app } = await opened(rich(), { ...OPEN, token: TOKEN });
    const statuses = [];
    for (let index = 0; index < 301; index += 1) {
      const headers = { authorization: `Bearer guess${index}` };
      statuses.push((await app.inject({ url: '/api/v1/paths', headers })).statusCode);
    }
    expect(statuses.slice(0, 300).every((status) => status === 401)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });
});

describe('which hosts are this one', () => {
  it.each([
    ['localhost', true],
    ['localhost:9482', true],
    ['LOCALHOST:9482', true],
    ['mtu.localhost', true],
    ['127.0.0.1:9482', true],
    ['127.1.2.3', true],
    ['[::1]', true],
    ['[::1]:9482', true],
    ['[::ffff:127.0.0.1]:9482', true],
    ['evil.example', false],
    ['evil.example:9482', false],
    ['127.0.0.1.evil.example', false],
    ['localhost.evil.example', false],
    ['notlocalhost', false],
    ['192.0.2.1', false],
    ['[2001:db8::1]:9482', false],
    ['localhost@evil.example', false],
    ['localhost:9482:1', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (host, expected) => {
    expect(isLoopbackHost(host)).toBe(expected);
  });

  it('listening on loopback is not listening everywhere', () => {
    expect(['127.0.0.1', '::1', '127.9.9.9'].map(isLoopback)).toEqual([true, true, true]);
    expect(['0.0.0.0', '::', '192.0.2.1', 'localhost'].map(isLoopback)).toEqual([false, false, false, false]);
  });
});

describe('a name that was bound anew', () => {
  it('is refused everywhere while only loopback is listened on', async () => {
    const { app } = await opened(rich(), { token: null, loopbackOnly: true });
    for (const url of [...OPEN_ROUTES, ...GUARDED]) {
      const answer = await app.inject({ url, headers: { host: 'evil.example:9482', accept: 'application/json' } });
      expect([answer.statusCode, answer.json().error]).toEqual([403, 'wrong-host']);
    }
    expect((await app.inject({ url: '/healthz', headers: { host: '127.0.0.1:9482' } })).statusCode).toBe(200);
  });

  it('is any name where others are meant to ask', async () => {
    const { app } = await opened();
    expect((await app.inject({ url: '/healthz', headers: { host: 'mtu-probe.monitoring.svc' } })).statusCode).toBe(200);
  });
});
