/** What a run says to whoever looks into it; never part of the report. */
export interface Log {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** What a user can and should mend; seen unless it is turned off. */
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}
