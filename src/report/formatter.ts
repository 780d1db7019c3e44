import type { RunOptions } from '../config/options.ts';
import type { Report } from '../contract.ts';
import type { Palette } from './palette.ts';

/** What the one who asked calls a failure: the same as for the exit code. */
export type Threshold = Pick<RunOptions, 'failOn' | 'expectMtu'>;

/** What a format may know besides the report. */
export interface FormatContext extends Threshold {
  readonly palette: Palette;
  /** With what became of each size, for whoever runs the network. */
  readonly evidence: boolean;
}

/** A report as text of some kind, newline at the end of each line. It never prints and knows no terminal. */
export type Formatter = (report: Report, context: FormatContext) => string;
