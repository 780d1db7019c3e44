/**
 * The operator's or programmer's mistakes. What the network does is never one of these: it is evidence.
 *
 * Every message is one line that names the option or the thing, and says what to do about it.
 */

export const ERROR_CODES = ['USAGE', 'PRIVILEGE', 'RESOLVE', 'NO_ROUTE', 'SYSCALL', 'ENVIRONMENT'] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Base of every error that is explained by its message alone; no stack trace is shown for it. */
export abstract class MtuProbeError extends Error {
  abstract readonly code: ErrorCode;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** An option or target that cannot be used as given. Exit code 2, before anything is sent. */
export class UsageError extends MtuProbeError {
  readonly code = 'USAGE';
}

/** The kernel does not let this process do what was asked for. Exit code 2, before anything is sent. */
export class PrivilegeError extends MtuProbeError {
  readonly code = 'PRIVILEGE';
}

/** A name has no address. Exit code 3 with a report of no paths. */
export class ResolveError extends MtuProbeError {
  readonly code = 'RESOLVE';
}

/** No address of the target can be reached from here at all. Exit code 3 with a report of no paths. */
export class NoRouteError extends MtuProbeError {
  readonly code = 'NO_ROUTE';
}

/** A system call failed in a way that no network can cause. */
export class SyscallError extends MtuProbeError {
  readonly code = 'SYSCALL';
  readonly operation: string;
  readonly errno: number;

  constructor(operation: string, errno: number, errnoName: string) {
    super(`${operation}: ${errnoName} (errno ${errno})`);
    this.operation = operation;
    this.errno = errno;
  }
}

/** Something on this machine is missing (a program, a library), and how to get it. Exit code 2. */
export class EnvironmentError extends MtuProbeError {
  readonly code = 'ENVIRONMENT';
}
