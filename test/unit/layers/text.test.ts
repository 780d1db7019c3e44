import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layer, LayersReport } from '../../../src/layers/contract.ts';
import { formatLayers } from '../../../src/layers/text/format-layers.ts';
import { pictureLines } from '../../../src/layers/text/picture.ts';
import { HOSTILE, SPITE } from '../report/hostile-report.ts';
import { DEFAULT_CONTEXT } from '../report/scenarios.ts';
import { ARTICLE_REPORTS, layersOf, layersReport, measured } from './measured.ts';
import {
  article,
  articleInner,
  articleNode,
  articlePod,
  byDefault,
  container,
  corner,
  eth0,
  inspected,
  nic,
  podContainer,
  process,
  type Scene,
  scene,
} from './scenes.ts';

const textOf = (report: LayersReport, changes = {}): string => formatLayers(report, { ...DEFAULT_CONTEXT, ...changes });
const INSPECTED = { verdict: null, targets: [] } as const;

/** Lines that are wider than a terminal; snippets, which stand further in, are to be pasted as they are. */
function tooLong(text: string): string[] {
  return text.split('\n').filter((line) => [...line].length > 80 && !/^ {6}\S/.test(line));
}

describe('the text of layers', () => {
  it('shows the step of the article, what to do, and the worst layer in full', async () => {
    const layers = layersOf(article(), ARTICLE_REPORTS);
    await expect(
      textOf(layersReport(layers, { unseen: ['Processes of other users are not: run it as root.'] })),
    ).toMatchFileSnapshot('text/article.txt');
  });

  it('is short after the repair', async () => {
    const reports = { ...ARTICLE_REPORTS, 3: measured('clear', 'eth0', 1450) };
    const layers = layersOf(article({ docker0: 1450, inner: 1450 }), reports);
    await expect(textOf(layersReport(layers, { verdict: 'clear' }))).toMatchFileSnapshot('text/repaired.txt');
  });

  it('says without any measurement what is set, as far as it tells anything', async () => {
    const idle = nic(7, 'br-0123456789ab', 1500, 'bridge');
    const pod = articlePod(1500, idle);
    const inner = articleInner();
    const told = {
      seen: { ...inner.seen, oldest: { ...process(30), capabilities: 0n } },
      inspection: inspected(
        inner.inspection?.interfaces ?? [],
        [byDefault(2, '172.17.0.1'), byDefault(2, null, { to: '198.51.100.0/24', mtu: 1400, locked: true })],
        {
          cachedPathMtus: [{ to: '203.0.113.9', mtu: 1450, expiresInS: 312 }],
          tcpMtuProbing: 1,
        },
      ),
    };
    const gone = corner(5, { oldest: process(55, ['cargo', 'test']) }, null);
    const layers = layersOf(scene(articleNode(), pod, told, gone));
    await expect(textOf(layersReport(layers, INSPECTED))).toMatchFileSnapshot('text/inspect.txt');
  });

  it('says what is lost beyond this machine', () => {
    const layers = layersOf(scene(articleNode()), { 1: { ...measured('black-hole', 'ens18', 1400) } });
    expect(textOf(layersReport(layers)).replace(/\s+/g, ' ')).toContain(
      'ens18 is set to 1500, and the path carries 1400: no interface on the way out of this machine is that small, so that it is limited further out (rubygems.org)',
    );
  });

  it('names the layers of one step once', () => {
    const twin = corner(6, { containers: [container('e', 'twin')] }, eth0(1500, '172.17.0.3/16', '172.17.0.1', [7, 2]));
    const pod = articlePod(1500, nic(7, 'veth7', 1500, 'veth', { master: 3, link: [2, 6] }));
    const text = textOf(layersReport(layersOf(scene(articleNode(), pod, articleInner(), twin)), INSPECTED));
    expect(text.match(/nested-mtu-mismatch/g)).toHaveLength(1);
    expect(text).toContain('  The same holds for twin.\n');
    expect(text.match(/the step: 1500 does not fit/g)).toHaveLength(1);
    expect(text).toContain('  and 1 more like it\n');
  });

  it('shows the evidence of the worst layer where it is asked for', () => {
    const text = textOf(layersReport(layersOf(article(), ARTICLE_REPORTS)), { evidence: true });
    expect(text.match(/^evidence {2}rubygems\.org/gm)).toHaveLength(1);
  });

  it('says so where there is nothing', () => {
    expect(textOf(layersReport([], INSPECTED))).toBe('not known  0 layers, nothing could be looked at\n');
  });
});

describe('the picture', () => {
  const picture = (given: Scene, name: string): string[] => {
    const layers = layersOf(given);
    return pictureLines(layers.find((layer) => layer.name === name) as Layer, layers, ['rubygems.org']);
  };

  it('is one line where it fits', () => {
    expect(picture(scene(articleNode(), articlePod()), 'default/drone-1')).toEqual([
      '  default/drone-1 eth0 1450 ▸ cni0 1450 │ node ens18 1500 ▸ rubygems.org',
    ]);
  });

  it('goes on behind a bar, and the step is marked under the number that is too small', () => {
    expect(picture(article(), 'build')).toEqual([
      '  build eth0 1500 ▸ docker0 1500 │ default/drone-1 eth0 1450 ▸ cni0 1450',
      '                            the step: 1500 does not fit ^^^^',
      '  │ node ens18 1500 ▸ rubygems.org',
    ]);
    expect(picture(article({ docker0: 1450 }), 'build').slice(0, 2)).toEqual([
      '  build eth0 1500 ▸ docker0 1450 │ default/drone-1 eth0 1450 ▸ cni0 1450',
      '                            ^^^^ the step: 1500 does not fit',
    ]);
  });
});

/** Pods of a node, each with a step of its own where `isBroken`. */
function crowd(count: number, isBroken: boolean): Scene {
  const pods = Array.from({ length: count }, (_, index) => 100 + index);
  const ports = pods.map((inode) =>
    nic(inode, `veth${inode.toString(16)}`, 1450, 'veth', { master: 3, link: [2, inode] }),
  );
  return scene(
    articleNode(...ports),
    ...pods.map((inode) =>
      corner(
        inode,
        { containers: [podContainer(String(inode % 10), `web-${inode}`)] },
        eth0(isBroken ? 1500 : 1450, '10.244.0.9/24', '10.244.0.1', [inode, 1]),
      ),
    ),
  );
}

/** Each in the one before, all of them with veth pairs. */
function chainOf(depth: number): Layer[] {
  const chain = Array.from({ length: depth }, (_, index) => {
    const inode = 10 + index;
    const outer = index === 0 ? 1 : inode - 1;
    return corner(
      inode,
      { containers: [container((index % 16).toString(16), `${'a'.repeat(50)}-${index}`)] },
      inspected(
        [
          nic(2, 'eth0', 1500, 'veth', { link: [index === 0 ? 99 : 3, outer] }),
          nic(3, 'veth-inner', 1500, 'veth', { link: [2, inode + 1] }),
        ],
        [byDefault(2, null)],
      ),
    );
  });
  return layersOf(scene(articleNode(nic(99, 'veth-first', 1450, 'veth', { link: [2, 10] })), ...chain), {
    [10 + depth - 1]: measured('black-hole'),
  });
}

it('deep layers with long names fit as well', () => {
  const layers = chainOf(12);
  expect(layers.at(-1)?.depth).toBe(12);
  expect(tooLong(textOf(layersReport(layers)))).toEqual([]);
});

it('a container that nests a hundred networks does not hold the text up', () => {
  const layers = chainOf(100);
  expect(layers.at(-1)?.depth).toBe(100);
  const text = textOf(layersReport(layers));
  expect(text.length).toBeLessThan(100_000);
  expect(tooLong(text)).toEqual([]);
});

describe('two hundred layers', () => {
  const reports = (report: ReturnType<typeof measured>) =>
    Object.fromEntries(Array.from({ length: 200 }, (_, index) => [100 + index, report]));

  it('that are alike are a line', () => {
    const layers = layersOf(crowd(200, false), reports(measured('clear', 'eth0', 1450)));
    expect(textOf(layersReport(layers, { verdict: 'clear' }))).toBe(
      [
        'clear  201 layers, 200 measured towards rubygems.org',
        '  clear: default/web-100, default/web-101, default/web-102 and 197 more',
        '',
        '  default/web-100 eth0 1450 ▸ cni0 1450 │ node ens18 1500 ▸ rubygems.org',
        '  measured: forward 1450, reverse 1450',
        '  and 199 more like it',
        '',
        '  layer              takes      forward  reverse  verdict',
        '  node               ens18 1500, inspect sends nothing',
        '    default/web-100  eth0 1450  1450     1450     clear',
        '    and 199 more like it: default/web-101, default/web-102, default/web-103, …',
        '',
      ].join('\n'),
    );
  });

  it('that are broken are one block, and nothing is left out of the JSON', () => {
    const layers = layersOf(crowd(200, true), reports(measured('black-hole')));
    const report = layersReport(layers);
    expect(report.findings).toHaveLength(200);
    const text = textOf(report);
    expect(text.split('\n').length).toBeLessThan(100);
    expect(text).toContain('The same holds for default/web-101, default/web-102, default/web-103 and 196');
    expect(tooLong(text)).toEqual([]);
  });

  it('that all differ are a line each', () => {
    const given = crowd(200, false);
    const layers = layersOf(given).map((layer, index) =>
      index === 0 ? layer : { ...layer, report: measured('clear', 'eth0', 1000 + index), notMeasured: null },
    );
    const text = textOf(layersReport(layers, { verdict: 'clear' }));
    expect(text.split('\n').filter((line) => line.includes('default/web-')).length).toBeGreaterThan(200);
    expect(tooLong(text)).toEqual([]);
  });
});

it('names that want to be more than names stay within their lines', () => {
  const without = textOf(layersReport(named('a'))).split('\n').length;
  fc.assert(
    fc.property(HOSTILE, (text) => {
      const printed = textOf(layersReport(named(text), { targets: [text], unseen: [text] }));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed.
      expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
      // A long name takes more lines, and no others than those that it is wrapped into.
      expect(printed.split('\n').filter((line) => line !== '' && !line.startsWith(' ')).length).toBeLessThan(without);
    }),
    { examples: SPITE.map((text) => [`a${text}`]) },
  );
});

/** The article with one name wherever something comes from outside. */
function named(text: string): readonly Layer[] {
  const { seen, inspection } = articleInner();
  const pod = articlePod();
  const reports = { 1: text, 2: text, 3: measured('black-hole') };
  return layersOf(
    scene(
      articleNode(),
      { ...pod, seen: { ...pod.seen, containers: [{ ...podContainer('a', text), name: text }] } },
      { seen: { ...seen, containers: [container('b', text)] }, inspection },
    ),
    reports,
  );
}
