/** The part of the package that is used; its types are a package of their own. */
declare module 'ping' {
  const ping: {
    readonly promise: {
      /** Resolves when the program has ended, answered or not; rejects when it could not be started. */
      probe(host: string, config: object): Promise<{ readonly alive: boolean; readonly output?: string }>;
    };
  };
  export default ping;
}
