/** What the module exports (src/wire/plain-memory.ts). It works in the memory that it is given, and allocates nothing. */
export { decodeRows } from './decode-rows'
export { encodeRows } from './encode-rows'
export { prepare, readTo, takeDigest, writtenTo } from './job'
