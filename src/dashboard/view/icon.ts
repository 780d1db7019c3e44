/** Shapes of 16 units that are told apart without colour. Words stand beside them: they are hidden from readers. */

import { lookOf, type Shape, type Status } from '../model/status.ts';
import { element, svgElement } from './element.ts';

const DISC = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z';
const PATHS: Readonly<Record<Shape, readonly [outline: string, sign: string]>> = {
  cross: ['M5 1h6l4 4v6l-4 4H5l-4-4V5z', 'M5.5 5.5l5 5m0-5l-5 5'],
  triangle: ['M8 1.5L15.5 15H.5z', 'M8 6v4m0 2v.6'],
  check: [DISC, 'M4.8 8.2l2.2 2.3 4.2-4.8'],
  question: ['M2 2h12v12H2z', 'M6 6.2a2 2 0 1 1 2.9 1.7c-.6.3-.9.7-.9 1.3m0 2v.5'],
  dots: [DISC, 'M4.7 8h.1m3.2 0h.1m3.1 0h.1'],
};

export function icon(shape: Shape): SVGElement {
  const [outline, sign] = PATHS[shape];
  return svgElement(
    'svg',
    { class: 'icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false' },
    svgElement('path', { class: 'icon-outline', d: outline }),
    svgElement('path', { class: 'icon-sign', d: sign }),
  );
}

/** Icon and word in one tone. */
export function badge(status: Status): HTMLElement {
  const { tone, shape, word } = lookOf(status);
  return element('span', { class: `badge tone-${tone}` }, icon(shape), element('span', {}, word));
}
