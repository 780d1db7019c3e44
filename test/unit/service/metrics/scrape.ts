/** Reads a scrape back, by the rules of the text format 0.0.4 of Prometheus. */

export interface Scraped {
  readonly types: ReadonlyMap<string, string>;
  readonly series: readonly {
    readonly name: string;
    readonly labels: Record<string, string>;
    readonly value: number;
  }[];
}

/** @throws Error where a line is none of the format. */
export function scraped(text: string): Scraped {
  const types = new Map<string, string>();
  const series: Scraped['series'][number][] = [];
  for (const line of text.split('\n')) {
    const type = /^# TYPE (\w+) (\w+)$/.exec(line);
    if (type !== null) types.set(type[1] ?? '', type[2] ?? '');
    if (line === '' || line.startsWith('# ')) continue;
    const [, name, inner = '', value] = /^(\w+)(?:\{((?:\w+="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`no line of the format: ${line}`);
    const pairs = [...inner.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
    series.push({
      name,
      labels: Object.fromEntries(pairs.map(([, label = '', escaped = '']) => [label, unescaped(escaped)])),
      value: Number(value),
    });
  }
  return { types, series };
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
