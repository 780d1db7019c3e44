import type { Palette } from '../report/palette.ts';

/** Colours for a terminal. Loaded when the report is there: by then nobody's measurement can be delayed by it. */
export async function loadColours(): Promise<Palette> {
  const { default: picocolors } = await import('picocolors');
  const { bold, dim, red, yellow, green } = picocolors.createColors(true);
  return { bold, dim, red, yellow, green };
}
