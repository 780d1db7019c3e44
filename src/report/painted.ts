import type { Verdict } from '../contract.ts';
import type { Palette } from './palette.ts';

export function painted(verdict: Verdict, { bold, red, yellow, green }: Palette): string {
  switch (verdict) {
    case 'black-hole':
    case 'delayed':
    case 'unreachable':
      return bold(red(verdict));
    case 'reduced':
    case 'inconclusive':
      return bold(yellow(verdict));
    case 'clamped':
    case 'clear':
      return bold(green(verdict));
  }
}
