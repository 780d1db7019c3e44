/**
 * Native code out of the executable. The dynamic linker takes files only, so that each part is written to a folder of
 * its own, loaded, and removed at once; the memory stays mapped. Where the parts lie unpacked beside the executable, as
 * in the container image, nothing is written: a read-only root file system will do.
 */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { getAsset } from 'node:sea';
import { EXIT_CODES } from '../cli/exit-code.ts';

/** Relative to the executable's folder, so that /usr/bin/mtu-probe finds /usr/lib/mtu-probe (FHS 3.0 §4.6). */
const UNPACKED = '../lib/mtu-probe';

/**
 * @param file name of an asset, which says its content too: what another version unpacked is another file.
 * @returns what the part exports. Ends the process when no folder can be used; nothing works without.
 */
export function loadNativePart(file: string): unknown {
  const unpacked = join(dirname(process.execPath), UNPACKED, file);
  if (existsSync(unpacked)) return load(unpacked);
  const refused: string[] = [];
  for (const parent of new Set([tmpdir(), process.env.XDG_RUNTIME_DIR ?? '/run', '/var/tmp', '/dev/shm'])) {
    try {
      return loadFrom(parent, file);
    } catch (error) {
      refused.push(`${parent}: ${reasonOf(error)}`);
    }
  }
  process.stderr.write(
    'mtu-probe: needs a folder to unpack its libraries into, from which they may be loaded, and finds none ' +
      `(${refused.join('; ')}): set TMPDIR to one; in a read-only container, --tmpfs /tmp:exec gives one\n`,
  );
  process.exit(EXIT_CODES.usage);
}

function loadFrom(parent: string, file: string): unknown {
  const folder = mkdtempSync(join(parent, 'mtu-probe-'));
  try {
    const path = join(folder, file);
    writeFileSync(path, new Uint8Array(getAsset(file)), { mode: 0o500, flag: 'wx' });
    return load(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The system's word for it, or the dynamic linker's sentence. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined || code === 'ERR_DLOPEN_FAILED' ? message : code;
}

function load(path: string): unknown {
  const part = { exports: {} };
  process.dlopen(part, path, constants.dlopen.RTLD_NOW);
  return part.exports;
}
