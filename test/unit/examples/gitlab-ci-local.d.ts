/** A JSON Schema in a module without types. */
declare module 'gitlab-ci-local/src/schema/schema.js' {
  export const schema: object;
}
