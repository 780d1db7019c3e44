/** Agents that measure each other, one of them behind a link that nobody told of: the matrix shows that one. */

import { describe, expect, it, onTestFinished } from 'vitest';
import { AGENTS, ODD_AGENT } from '../../../src/lab/scenarios/watched.ts';
import { starAddress } from '../../../src/lab/topologies/star.ts';
import type { Mesh, MeshCell } from '../../../src/service/contract.ts';
import { launchChromium, openPage } from '../../browser/chromium.ts';
import { Scene, until } from './scene.ts';
import { Watching } from './watching.ts';

const LIMIT_MS = 120_000;
const NUMBERS = Array.from({ length: AGENTS }, (_, index) => index + 1);
const NAMES = NUMBERS.map(starAddress);
const ODD = starAddress(ODD_AGENT);
/** Answers of the others are kept for five seconds. */
const SOON = { withinMs: 40_000, everyMs: 1000 };

function startAgent(scene: Scene, number: number): Promise<Watching> {
  const peers = NAMES.flatMap((name) => ['--peer', name]);
  const args = [...peers, '--responder', '--peers-interval', '3s', '--listen', '0.0.0.0:9482', '--token-file'];
  return Watching.start(scene, { host: `A${number}`, args: [...args, scene.path('token')], token: TOKEN });
}

const TOKEN = 'a-token-that-all-agents-share';

/** What each agent measured of each other one: `[from, to]` to `[forward, reverse]`. */
function pathMtus({ rows }: Mesh): ReadonlyMap<string, readonly (number | null)[]> {
  const mtusOf = ({ forward, reverse }: MeshCell) => [forward?.pathMtu ?? null, reverse?.pathMtu ?? null];
  return new Map(rows.flatMap(({ agent, cells }) => cells.map((cell) => [`${agent} ${cell.peer}`, mtusOf(cell)])));
}

const EXPECTED = new Map(
  NAMES.flatMap((from) =>
    NAMES.filter((to) => to !== from).map((to) => {
      const mtu = from === ODD || to === ODD ? 1400 : 1500;
      return [`${from} ${to}`, [mtu, mtu]] as const;
    }),
  ),
);

describe('five agents', () => {
  it('show the one behind a smaller link, by its row and its column alone', { timeout: LIMIT_MS }, async () => {
    const scene = await Scene.open('agents');
    await scene.script('', `echo ${TOKEN} > ${scene.path('token')}`);
    const agents = await Promise.all(NUMBERS.map((number) => startAgent(scene, number)));
    const [first, , odd] = agents as [Watching, Watching, Watching];
    for (const agent of [first, odd]) {
      await until(async () => {
        const mesh = await agent.json<Mesh>('/api/v1/mesh');
        expect(mesh.silent).toEqual([]);
        expect(pathMtus(mesh)).toEqual(EXPECTED);
      }, SOON);
    }
    const { rows } = await first.json<Mesh>('/api/v1/mesh');
    const verdicts = rows.flatMap(({ agent, cells }) => cells.map(({ peer, verdict }) => ({ agent, peer, verdict })));
    const broken = verdicts.filter(({ verdict }) => verdict === 'black-hole');
    expect(broken.every(({ agent, peer }) => agent === ODD || peer === ODD)).toBe(true);
    expect(broken).toHaveLength(2 * (AGENTS - 1));
    expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['black-hole', 'clear']));

    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const complaints: string[] = [];
    const httpCredentials = { username: '', password: TOKEN };
    const options = { httpCredentials };
    const page = await openPage(browser, await first.origin(), '/mesh', (text) => complaints.push(text), options);
    const sentence = `${ODD} differs from all others: 1400 instead of 1500, in both directions.`;
    await page.locator('#odd').getByText(sentence).waitFor();
    expect(await page.locator('th.odd').count()).toBe(2);
    expect(complaints).toEqual([]);

    const dead = agents[AGENTS - 1] as Watching;
    dead.running.kill('SIGKILL');
    await dead.running.ended;
    await until(async () => {
      const { silent, rows: left } = await first.json<Mesh>('/api/v1/mesh');
      expect(silent.map(({ agent }) => agent)).toEqual([NAMES[AGENTS - 1]]);
      expect(silent[0]?.reason).toMatch(/\w/);
      expect(left.map(({ agent }) => agent)).toEqual(NAMES.slice(0, -1));
    }, SOON);
    await page.getByText(`${NAMES[AGENTS - 1]} does not answer: `).waitFor({ timeout: 30_000 });
  });
});
