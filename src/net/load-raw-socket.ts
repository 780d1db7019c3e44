/** The `raw-socket` package, which is compiled where it is installed, and may be missing for that reason. */

import { createRequire } from 'node:module';
import { dirname } from 'node:path';

export type RawSocketLoading =
  | { readonly kind: 'loaded'; readonly package: typeof import('raw-socket').default }
  /** `reason` is one phrase for people, `advice` what whoever installed this can do. */
  | { readonly kind: 'refused'; readonly reason: string; readonly advice: string };

export async function loadRawSocket(): Promise<RawSocketLoading> {
  try {
    return { kind: 'loaded', package: (await import('raw-socket')).default };
  } catch (error) {
    const [words] = error instanceof Error ? error.message.split('\n') : [String(error)];
    return { kind: 'refused', reason: `raw-socket is not built (${words})`, advice: adviceFor(folderOfPackage()) };
  }
}

/** @param folder where the package lies without being built; `null` where npm took it away after a failed build. */
function adviceFor(folder: string | null): string {
  const mend =
    folder === null ? 'remove mtu-probe and install it again' : `run "npx --yes node-gyp rebuild" in ${folder}`;
  return (
    'raw-socket is not built, though this process may use it: pings that go out without it leave a trace in the ' +
    `kernel's route cache, and no hop is named. Install make, g++ and python3, then ${mend}`
  );
}

function folderOfPackage(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('raw-socket/package.json'));
  } catch {
    return null;
  }
}
