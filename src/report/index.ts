/** Every format there is, each loaded when it is asked for: whoever wants text pays for no XML. */

import type { Format } from '../config/options.ts';
import type { Formatter } from './formatter.ts';

export const FORMATTERS: Readonly<Record<Format, () => Promise<Formatter>>> = {
  text: async () => {
    const { formatText } = await import('./text.ts');
    return formatText;
  },
  json: async () => (await import('./json.ts')).formatJson,
  markdown: async () => (await import('./markdown.ts')).formatMarkdown,
  junit: async () => (await import('./junit.ts')).formatJunit,
  github: async () => (await import('./github.ts')).formatGithub,
  gitlab: async () => (await import('./gitlab.ts')).formatGitlab,
  prometheus: async () => (await import('./prometheus.ts')).formatPrometheus,
};
