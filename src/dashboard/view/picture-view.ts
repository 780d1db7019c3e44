/** Both directions between this host and the target; below, the drawing that `run` prints. */

import type { PathDetail } from '../../service/contract.ts';
import { type Lane, lanesOf } from '../model/picture.ts';
import { element } from './element.ts';

export function pictureNodes({ judgement, picture }: PathDetail): readonly Node[] {
  if (judgement === null) return [element('p', { class: 'quiet' }, 'No run saw this path unhidden yet.')];
  const { report } = judgement;
  const { egress } = report;
  return [
    element(
      'div',
      { class: 'picture' },
      end('This host', `${egress.interface}, ${egress.address}`, `interface MTU ${egress.mtu}`),
      element('ul', { class: 'lanes' }, ...lanesOf(report).map(laneElement)),
      end(report.target, report.address, report.port === null ? '' : `port ${report.port}`),
    ),
    element(
      'details',
      {},
      element('summary', { 'data-focus': 'as text' }, 'As text'),
      element(
        'pre',
        { tabindex: 0, role: 'region', 'aria-label': 'Both directions as a drawing in text' },
        picture.join('\n'),
      ),
    ),
  ];
}

function end(name: string, ...lines: readonly string[]): HTMLElement {
  return element(
    'div',
    { class: 'end' },
    element('strong', {}, name),
    ...lines.filter((line) => line !== '').map((line) => element('small', {}, line)),
  );
}

function laneElement({ name, size, behaviour, broken, places }: Lane): HTMLLIElement {
  return element(
    'li',
    { class: `lane lane-${name}${broken ? ' lane-broken' : ''}` },
    element('span', { class: 'lane-words' }, element('span', { class: 'lane-name' }, name), ` ${behaviour}`),
    element(
      'span',
      { class: 'lane-line' },
      element('span', { class: 'lane-size' }, element('span', { class: 'spoken' }, 'path MTU '), size),
      broken ? element('span', { class: 'lane-break', 'aria-hidden': 'true' }, '✗') : null,
    ),
    ...places.map((place) => element('small', { class: 'lane-place' }, place)),
  );
}
