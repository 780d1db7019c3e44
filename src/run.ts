/** One run: resolve, measure every path, diagnose, assemble. What the command line and the service both call. */
export {};
