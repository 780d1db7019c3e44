import { describe, expect, it } from 'vitest';
import { EnvironmentError } from '../../../../src/errors.ts';
import { loadLibsql } from '../../../../src/service/history/load-libsql.ts';

/** As Node.js 20 and 24 say it. */
const MISSING = [
  [
    'MODULE_NOT_FOUND',
    "Cannot find module '@libsql/linux-x64-gnu'\nRequire stack:\n- /srv/node_modules/libsql/index.js",
  ],
  ['ERR_MODULE_NOT_FOUND', "Cannot find package 'libsql' imported from /srv/dist/service/history/load-libsql.js"],
  ['ERR_DLOPEN_FAILED', 'Error loading shared library ld-linux-x86-64.so.2: No such file or directory'],
] as const;

function failing(code: string | undefined, message: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(message), code === undefined ? {} : { code }));
}

describe('libsql', () => {
  it('is there', async () => {
    expect(await loadLibsql()).toBeTypeOf('function');
  });

  it.each(MISSING)('that is missing (%s) is named in one line with what to do', async (code, message) => {
    const error = await loadLibsql(failing(code, message)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EnvironmentError);
    expect((error as EnvironmentError).message).toMatch(/^the history needs libsql, .*: install mtu-probe anew, .+$/);
    expect((error as EnvironmentError).message).toContain(message.split('\n')[0]);
  });

  it('that fails in another way is no matter of the operator', async () => {
    await expect(loadLibsql(failing(undefined, 'a mistake in it'))).rejects.not.toBeInstanceOf(EnvironmentError);
  });
});
