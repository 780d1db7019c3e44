/** What one setting is called in the file, on the command line and in the environment: each is made of its key. */

export type SettingKind =
  | 'text'
  /** `true` or `false`; on the command line there or not. */
  | 'switch'
  /** May be repeated on the command line. */
  | 'list';

export interface Setting {
  readonly kind: SettingKind;
  /** As in `--history-keep-failures`. */
  readonly flag: string;
  /** One letter or digit that does as well. */
  readonly short: string | null;
  /** As in `MTU_PROBE_HISTORY_KEEP_FAILURES`. */
  readonly variable: string;
  /** What stands behind the flag, as in `<duration>`; `null` for a switch. */
  readonly shape: string | null;
  /** As written in the file; `null` where leaving it out says more than any value. */
  readonly fallback: string | null;
  readonly help: string;
}

export const VARIABLE_PREFIX = 'MTU_PROBE_';

/** One value. @param called in flag and variable, where that is not made of the key. */
export function one(key: string, shape: string, fallback: string | null, help: string, called = key): Setting {
  return { kind: 'text', ...names(called, called), short: null, shape: `<${shape}>`, fallback, help };
}

/** True or false. */
export function either(key: string, fallback: 'true' | 'false' | null, help: string, short: string | null = null) {
  return { kind: 'switch', ...names(key, key), short, shape: null, fallback, help } as const satisfies Setting;
}

/** Any number of values. @param each the flag is named after one of them, @param all the variable after all. */
export function many(each: string, all: string, shape: string, help: string): Setting {
  return { kind: 'list', ...names(each, all), short: null, shape: `<${shape}>`, fallback: null, help };
}

/** Takes a switch back: `--no-gating`, for `--gating`. */
export function opposite(flag: string): string {
  return `--no-${flag.slice('--'.length)}`;
}

/** The flag of a switch that changes something where nothing else is said. */
export function usualFlag({ kind, flag, fallback }: Setting): string {
  return kind === 'switch' && fallback === 'true' ? opposite(flag) : flag;
}

/** By which name the command line hands over what was given: `historyKeepFailures`. */
export function attributeOf({ flag }: Setting): string {
  return flag.slice('--'.length).replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function names(forFlag: string, forVariable: string): Pick<Setting, 'flag' | 'variable'> {
  const words = (key: string, between: string): string =>
    key.replaceAll('.', between).replace(/[A-Z]/g, (letter) => `${between}${letter.toLowerCase()}`);
  return { flag: `--${words(forFlag, '-')}`, variable: `${VARIABLE_PREFIX}${words(forVariable, '_').toUpperCase()}` };
}
