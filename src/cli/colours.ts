import type { Palette } from '../report/palette.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Of stdout. https://no-color.org: set to anything but nothing. */
export function isColourWanted({ NO_COLOR, TERM }: Variables): boolean {
  return process.stdout.isTTY && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}

/** Colours for a terminal. Loaded when the report is there: by then nobody's measurement can be delayed by it. */
export async function loadColours(): Promise<Palette> {
  const { default: picocolors } = await import('picocolors');
  const { bold, dim, red, yellow, green } = picocolors.createColors(true);
  return { bold, dim, red, yellow, green };
}
