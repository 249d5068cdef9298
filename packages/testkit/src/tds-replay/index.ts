/**
 * A TDS server of our own on the loopback interface. It plays answers recorded from a real server, or hand-made ones, so that
 * everything that speaks TDS can be tested where there is no SQL Server; and the recorder that makes the recordings.
 */
export * from './answer.ts'
export * from './env-change.ts'
export type { ReplayOptions } from './playback.ts'
export { type ServerIdentity, SQL_SERVER_2022 } from './pre-login.ts'
export * from './record-dump.ts'
export * from './recording.ts'
export * from './recording-proxy.ts'
export * from './replay-server.ts'
export * from './request.ts'
export * from './tokens.ts'
export * from './types.ts'
export * from './values.ts'
