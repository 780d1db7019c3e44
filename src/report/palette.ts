/** Colours come in from outside: a report does not know where it will be shown. */

type Paint = (text: string) => string;

export interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
}

const same: Paint = (text) => text;

/** No colour at all: for files, pipes and tests. */
export const PLAIN: Palette = { bold: same, dim: same, red: same, yellow: same, green: same };
