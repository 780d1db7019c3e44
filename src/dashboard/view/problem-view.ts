/** Why there is nothing new to see, and what can be done about it. */

import type { ApiError, Failure } from './api.ts';
import { byId, element } from './element.ts';
import { Section } from './section.ts';

const ADVICE: Readonly<Record<Failure, string>> = {
  offline: 'What stands here is from before. The page asks again every few seconds.',
  unauthorised: 'Load the page again and give it as the password; any user name will do.',
  missing: 'Another version of it may be running: load the page again.',
  busy: 'The page asks again every few seconds.',
  broken: 'Its log says more. The page asks again every few seconds.',
};

const section = new Section(byId('problem'));

export function clearProblem(): void {
  section.show(null, () => []);
}

export function showProblem({ failure, message }: ApiError): void {
  section.show([failure, message], () => [
    element('p', { class: 'problem', role: 'alert' }, element('strong', {}, message), ` ${ADVICE[failure]}`),
  ]);
}
