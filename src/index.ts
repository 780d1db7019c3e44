/** The public API. */

export type { Format, MeasureOptions, ResolveOptions, RunOptions } from './config/options.ts';
export * from './contract.ts';
export {
  EnvironmentError,
  ERROR_CODES,
  type ErrorCode,
  MtuProbeError,
  NoRouteError,
  PrivilegeError,
  ResolveError,
  SyscallError,
  UsageError,
} from './errors.ts';
export type {
  CachedPathMtu,
  Layer,
  LayerConfiguration,
  LayerFinding,
  LayerFindingCode,
  LayerInterface,
  LayerKind,
  LayerRoute,
  LayersReport,
  StepEnd,
} from './layers/contract.ts';
export type { Channels, Clock, PathTarget } from './measure/channel.ts';
export type { Log } from './measure/log.ts';
export type { OnProgress, Progress } from './measure/progress.ts';
export { createChannels } from './net/channels.ts';
export { createClock } from './net/clock.ts';
export { resolveTarget } from './net/resolve.ts';
export type { FormatContext, Formatter, Threshold } from './report/formatter.ts';
export { FORMATTERS } from './report/index.ts';
export { type Palette, PLAIN } from './report/palette.ts';
export { type RunDeps, run } from './run.ts';
export type { InterfaceKind } from './surroundings.ts';
