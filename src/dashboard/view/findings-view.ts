/** What is worth knowing of a path, and what to paste where. */

import type { Finding, Remedy } from '../../contract.ts';
import { copyButton } from './copy-button.ts';
import { element } from './element.ts';
import { icon } from './icon.ts';

const LOOKS = {
  critical: { tone: 'bad', shape: 'cross' },
  warning: { tone: 'warning', shape: 'triangle' },
  info: { tone: 'neutral', shape: 'dots' },
} as const;

/** The place that is known; what else it could be is folded up. */
const OPEN_REMEDIES = 1;

export function findingNodes(findings: readonly Finding[]): readonly Node[] {
  if (findings.length === 0) return [element('p', { class: 'quiet' }, 'Nothing to say of it.')];
  return findings.map(findingElement);
}

function findingElement({ code, severity, summary, detail, cause, remedies }: Finding, at: number): HTMLElement {
  const { tone, shape } = LOOKS[severity];
  const others = cause === null || cause.others.length === 0 ? '' : `, or ${cause.others.join(', or ')}`;
  return element(
    'article',
    { class: `finding tone-${tone}` },
    element('h4', {}, icon(shape), element('span', {}, `${code} (${severity})`)),
    element('p', {}, summary),
    detail === '' ? null : element('p', { class: 'quiet' }, detail),
    cause === null ? null : element('p', {}, `Perhaps ${cause.name}${others}.`),
    ...remedies.slice(0, OPEN_REMEDIES).map((remedy, index) => remedyElement(remedy, `remedy ${at} ${index}`)),
    ...folded(remedies.slice(OPEN_REMEDIES), at),
  );
}

function folded(remedies: readonly Remedy[], at: number): readonly Node[] {
  if (remedies.length === 0) return [];
  return [
    element(
      'details',
      {},
      element('summary', { 'data-focus': `others ${at}` }, `Elsewhere (${remedies.length})`),
      ...remedies.map((remedy, index) => remedyElement(remedy, `remedy ${at} ${OPEN_REMEDIES + index}`)),
    ),
  ];
}

function remedyElement({ environment, file, snippet, recreate }: Remedy, focusKey: string): HTMLElement {
  const what = `the remedy for ${environment}`;
  return element(
    'figure',
    { class: 'remedy' },
    element(
      'figcaption',
      {},
      element('span', {}, element('strong', {}, environment), `, in ${file}`),
      copyButton(snippet, what, focusKey),
    ),
    element('pre', { tabindex: 0, role: 'region', 'aria-label': what }, element('code', {}, snippet)),
    recreate === '' ? null : element('p', { class: 'quiet' }, `Then: ${recreate}`),
  );
}
