/** avro-js comes without types; these are the parts the tests use. */
declare module 'avro-js' {
  export function createFileDecoder(path: string): AsyncIterable<object>
}
