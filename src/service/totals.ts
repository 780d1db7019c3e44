import type { Report } from '../contract.ts';

/** What was sent since the start. */
export class Totals {
  probes = 0;
  packets = 0;
  bytes = 0;
  connections = 0;

  add({ paths }: Report): void {
    for (const { cost, evidence } of paths) {
      this.probes += evidence.length;
      this.packets += cost.packets;
      this.bytes += cost.bytes;
      this.connections += cost.connections;
    }
  }
}
