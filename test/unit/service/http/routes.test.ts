/** What each route answers, held against the document that is shipped. */

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PathDetail, PathSummary } from '../../../../src/service/contract.ts';
import { MADE_UP_MESH, MADE_UP_ROW } from '../../../service/made-up-mesh.ts';
import {
  CLEAR_PATH,
  change,
  HOLE_PATH,
  MADE_UP_PATHS,
  MADE_UP_TARGETS,
  MASKED_PATH,
  pointAt,
  UNJUDGED_PATH,
} from '../../../service/made-up-paths.ts';
import { MadeUpService } from '../../../service/made-up-service.ts';
import { reportOf } from '../../report/reports.ts';
import { OPEN, open, opened } from './opened.ts';

const DOCUMENT = JSON.parse(readFileSync(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8'));

function rich(): MadeUpService {
  const view = new MadeUpService();
  view.setMesh(MADE_UP_ROW, MADE_UP_MESH);
  view.setSeries(CLEAR_PATH.id, [pointAt(1), pointAt(2), pointAt(3)]);
  view.happen(change(HOLE_PATH, 'it got worse'));
  view.happen({
    ...change(HOLE_PATH, 'started'),
    kind: 'started',
    target: null,
    pathId: null,
    before: null,
    after: null,
  });
  return view;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Whether an answer is as the document says. @returns what is not. */
function complaints(route: string, status: number, body: unknown): unknown {
  const ajv = new Ajv2020({ allErrors: true, strict: false, formats: { 'date-time': INSTANT } });
  ajv.addSchema(DOCUMENT, 'api');
  const pointer = `api#/paths/${route.replaceAll('/', '~1')}/get/responses/${status}/content/application~1json/schema`;
  ajv.validate(pointer, body);
  return ajv.errors;
}

const JSON_ONLY = { accept: 'application/json' };

interface Row {
  readonly route: string;
  readonly url: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const ANSWERS: readonly Row[] = [
  { route: '/healthz', url: '/healthz', status: 200 },
  { route: '/readyz', url: '/readyz', status: 503 },
  { route: '/api/v1/paths', url: '/api/v1/paths', status: 200 },
  ...MADE_UP_PATHS.map(({ id }) => ({ route: '/api/v1/paths/{id}', url: `/api/v1/paths/${id}`, status: 200 })),
  { route: '/api/v1/paths/{id}', url: '/api/v1/paths/0123456789abcdef', status: 404 },
  { route: '/api/v1/paths/{id}', url: '/api/v1/paths/nonsense', status: 400 },
  { route: '/api/v1/paths/{id}/history', url: `/api/v1/paths/${CLEAR_PATH.id}/history`, status: 200 },
  { route: '/api/v1/paths/{id}/history', url: '/api/v1/paths/0123456789abcdef/history', status: 404 },
  { route: '/api/v1/paths/{id}/history', url: `/api/v1/paths/${CLEAR_PATH.id}/history?limit=0`, status: 400 },
  { route: '/api/v1/events', url: '/api/v1/events', status: 200, headers: JSON_ONLY },
  { route: '/api/v1/events', url: '/api/v1/events?limit=9999', status: 400, headers: JSON_ONLY },
  { route: '/api/v1/mesh/row', url: '/api/v1/mesh/row', status: 200 },
  { route: '/api/v1/mesh', url: '/api/v1/mesh', status: 200 },
  { route: '/probe', url: '/probe?target=198.51.100.1', status: 400 },
  { route: '/probe', url: '/probe', status: 400 },
];

describe('every answer is as docs/openapi.json says', () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    ({ app } = await open(rich()));
  });
  afterAll(() => app.close());

  it.each(ANSWERS)('$url: $status', async ({ route, url, status, headers = {} }) => {
    const answer = await app.inject({ url, headers });
    expect(answer.statusCode, answer.body).toBe(status);
    expect(complaints(route, status, answer.json())).toBeNull();
  });

  it('and every path of it is asked here', () => {
    const asked = new Set(ANSWERS.map(({ route }) => route));
    const withText = ['/metrics'];
    expect([...asked, ...withText].sort()).toEqual(Object.keys(DOCUMENT.paths).sort());
  });

  it('refusals too: without peers, without the token', async () => {
    const { app: guarded } = await opened(new MadeUpService(), { ...OPEN, token: 'a secret of sixteen' });
    const refused = await guarded.inject('/api/v1/mesh');
    expect(complaints('/api/v1/mesh', 401, refused.json())).toBeNull();
    const { app: alone } = await opened();
    for (const route of ['/api/v1/mesh', '/api/v1/mesh/row']) {
      const answer = await alone.inject(route);
      expect(answer.statusCode).toBe(404);
      expect(complaints(route, 404, answer.json())).toBeNull();
    }
  });

  it('and the document is the one that is served: else run "npm run openapi"', async () => {
    expect((await app.inject('/api/v1/openapi.json')).json()).toEqual(DOCUMENT);
  });
});

describe('the overview', () => {
  it('leaves nothing out but reports', async () => {
    const view = rich();
    const { app } = await opened(view);
    const overview = (await app.inject('/api/v1/paths')).json();
    expect(overview).toMatchObject({
      schemaVersion: 1,
      version: view.version,
      startedAt: view.startedAt,
      readiness: view.readiness(),
      targets: MADE_UP_TARGETS,
      hasMesh: true,
    });
    for (const path of MADE_UP_PATHS) {
      const { sentence, ...shown } = overview.paths.find(({ id }: PathSummary) => id === path.id);
      const { report: _, ...judgement } = path.judgement ?? { report: null };
      expect(shown).toEqual({ ...path, judgement: path.judgement === null ? null : judgement });
      expect(sentence).toMatch(/^[^\n]+\.$/);
    }
  });

  it('has the worst first, and what is not known before what is only reduced', async () => {
    const { app } = await opened(rich());
    const { paths } = (await app.inject('/api/v1/paths')).json();
    expect(paths.map(({ judgement }: PathSummary) => judgement?.verdict ?? null)).toEqual([
      'black-hole',
      'unreachable',
      null,
      'reduced',
      'reduced',
      'clear',
      'clear',
      'clear',
      'clear',
      'clear',
    ]);
  });
});

describe('a path', () => {
  it('comes with its report, a sentence and a drawing', async () => {
    const { app } = await opened(rich());
    const { sentence, picture, ...state } = (await app.inject(`/api/v1/paths/${HOLE_PATH.id}`)).json() as PathDetail;
    expect(state).toEqual(HOLE_PATH);
    expect(sentence).toBe(
      'Downloads from rubygems.org hang: its packets larger than 1450 bytes never arrive here, and rubygems.org is not told.',
    );
    expect(picture).toEqual([
      'you ──1500──▶ 172.17.0.1 ──1450──▶ registry.example',
      'you ◀──1450──✗──1500── registry.example',
    ]);
  });

  it('that is masked keeps its judgement, and one without any says why', async () => {
    const { app } = await opened(rich());
    const masked = (await app.inject(`/api/v1/paths/${MASKED_PATH.id}`)).json() as PathDetail;
    expect([masked.judgement?.verdict, masked.last.verdict, masked.last.masked]).toEqual([
      'clear',
      'inconclusive',
      true,
    ]);
    const unjudged = (await app.inject(`/api/v1/paths/${UNJUDGED_PATH.id}`)).json() as PathDetail;
    expect([unjudged.judgement, unjudged.picture]).toEqual([null, []]);
    expect(unjudged.sentence).toMatch(/^This host remembers a smaller path MTU/);
  });

  it('has a history, within instants of any zone and a limit', async () => {
    const { app } = await opened(rich());
    const history = async (query: string): Promise<string[]> => {
      const answer = await app.inject(`/api/v1/paths/${CLEAR_PATH.id}/history${query}`);
      return answer.json().points.map(({ at }: { at: string }) => at.slice(14, 16));
    };
    expect(await history('')).toEqual(['01', '02', '03']);
    expect(await history('?since=2027-01-01T02:02:00%2B02:00')).toEqual(['02', '03']);
    expect(await history('?until=2027-01-01T00:02:00Z')).toEqual(['01', '02']);
    expect(await history('?limit=1')).toEqual(['03']);
  });

  it('refuses a leap second, which no clock here knows', async () => {
    const { app } = await opened();
    const url = `/api/v1/paths/${CLEAR_PATH.id}/history?since=2016-12-31T23:59:60Z`;
    expect((await app.inject(url)).statusCode).toBe(400);
  });
});

describe('events as JSON', () => {
  it('are the latest, newest first, of one path or all; or those after a number', async () => {
    const { app } = await opened(rich());
    const ids = async (query: string): Promise<number[]> => {
      const answer = await app.inject({ url: `/api/v1/events${query}`, headers: JSON_ONLY });
      return answer.json().events.map(({ id }: { id: number }) => id);
    };
    expect(await ids('')).toEqual([2, 1]);
    expect(await ids('?limit=1')).toEqual([2]);
    expect(await ids(`?path=${HOLE_PATH.id}`)).toEqual([1]);
    expect(await ids('?after=1')).toEqual([2]);
  });
});

describe('readiness', () => {
  it('is 200 when ready', async () => {
    const view = rich();
    const readiness = { ready: true, reasons: [], pending: false };
    view.setReadiness(readiness);
    const { app } = await opened(view);
    const answer = await app.inject('/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([200, readiness]);
    expect(complaints('/readyz', 200, answer.json())).toBeNull();
  });
});

describe('the dashboard', () => {
  it('has no icon, and says so without an error that a browser would show', async () => {
    const { app } = await opened();
    expect((await app.inject('/favicon.ico')).statusCode).toBe(204);
  });

  it('is asked for again each time, and sent once', async () => {
    const { app } = await opened();
    const first = await app.inject('/');
    expect(first.body).toContain('<title>paths</title>');
    expect(first.headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' });
    const headers = { 'if-none-match': String(first.headers.etag) };
    const again = await app.inject({ url: '/', headers });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await app.inject({ url: '/mesh', headers })).statusCode).toBe(200);
  });
});

describe('an error of ours', () => {
  it('is logged, and tells the one who asked nothing', async () => {
    const view = rich();
    view.setProbe(() => Promise.reject(new Error('ENOENT secret-of-the-house')));
    const { app, log } = await opened(view);
    const answer = await app.inject('/probe?target=rubygems.org');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret-of-the-house');
    expect(log.lines.join()).toContain('secret-of-the-house');
    view.setProbe(async () => reportOf('clear', []));
    expect((await app.inject('/probe?target=rubygems.org')).statusCode).toBe(200);
  });
});
