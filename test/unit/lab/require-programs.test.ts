import { afterEach, describe, expect, it, vi } from 'vitest';
import { requirePrograms } from '../../../src/lab/require-programs.ts';

describe('programs that the lab needs', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('are named together with the packages that bring them, when they are missing', () => {
    vi.stubEnv('PATH', '/nowhere');
    expect(() => requirePrograms(['ip', 'nft', 'unshare', 'setpriv'])).toThrow(
      'the lab needs ip, nft, unshare, setpriv: install with "apt-get install iproute2 nftables util-linux"',
    );
  });
});
