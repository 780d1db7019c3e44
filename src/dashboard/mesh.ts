/** The page at `/mesh`: which agent reaches which, and who is the odd one. */

import type { Mesh } from '../service/contract.ts';
import { coverageSentence, oddSentences } from './model/mesh-words.ts';
import { oddNodes } from './model/odd-nodes.ts';
import { announce } from './view/announcer.ts';
import { asApiError, fetchMesh, fetchOverview } from './view/api.ts';
import { byId, element } from './view/element.ts';
import { icon } from './view/icon.ts';
import { atMostEvery, followNews } from './view/live.ts';
import { matrix } from './view/mesh-view.ts';
import { clearProblem, showProblem } from './view/problem-view.ts';
import { Section } from './view/section.ts';

/** Every peer is asked for its row each time. */
const PAUSE_MS = 5000;

const sentences = new Section(byId('odd'));
const coverage = new Section(byId('coverage'));
const silent = new Section(byId('silent'));
const table = new Section(byId('matrix'));
const refresh = atMostEvery(PAUSE_MS, update);
let said = '';

async function update(): Promise<void> {
  try {
    const [mesh, { paths }] = await Promise.all([fetchMesh(), fetchOverview()]);
    show(mesh, new Set(paths.map(({ id }) => id)));
  } catch (thrown) {
    const error = asApiError(thrown);
    if (error.failure === 'missing') showNoMesh();
    else showProblem(error);
  }
}

function showNoMesh(): void {
  clearProblem();
  byId('no-mesh').hidden = false;
  byId('mesh').hidden = true;
}

function show(mesh: Mesh, knownPaths: ReadonlySet<string>): void {
  clearProblem();
  byId('no-mesh').hidden = true;
  byId('mesh').hidden = false;
  const oddities = oddNodes(mesh);
  const lines = oddSentences(oddities);
  sentences.show(lines, () =>
    lines.map((line) => element('li', { class: 'tone-bad' }, icon('cross'), element('span', {}, line))),
  );
  coverage.show([mesh, oddities.usual], () => [coverageSentence(mesh, oddities.usual)].map((text) => new Text(text)));
  silent.show(mesh.silent, () =>
    mesh.silent.map(({ agent, reason }) => element('li', {}, `${agent} does not answer: ${reason}`)),
  );
  table.show([mesh, oddities], () => [matrix(mesh, oddities, knownPaths)]);
  const text = lines.join(' ');
  if (text !== said && text !== '') announce(text);
  said = text;
}

byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('main').focus();
});
refresh();
followNews({ onNews: refresh, onLive: refresh, onPoll: refresh });
