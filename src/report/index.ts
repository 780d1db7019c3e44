import type { Format } from '../config/options.ts';
import type { Report } from '../contract.ts';
import { formatJson } from './json.ts';
import type { Palette } from './palette.ts';
import { formatText } from './text.ts';

/** A report as text of some kind, newline at its end. It never prints and knows no terminal. */
export type Formatter = (report: Report, palette: Palette) => string;

export const FORMATTERS: Readonly<Record<Format, Formatter>> = { text: formatText, json: formatJson };
