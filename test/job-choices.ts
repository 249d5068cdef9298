import type { DumpRequest, RestoreRequest } from '@albackup/core'

/** What the jobs of the tests do unless a test says otherwise: they dump everything, and restore all of it with the proof. */

type Choices<Request, Choice extends keyof Request> = Readonly<Pick<Request, Choice>>

export const DUMP: Choices<DumpRequest, 'codec' | 'include' | 'exclude' | 'toolVersion'> = {
  codec: 'deflate',
  include: [],
  exclude: [],
  toolVersion: 'test',
}

export const RESTORE: Choices<RestoreRequest, 'policy' | 'allowRestore' | 'checkRI' | 'prove' | 'failOnLoss'> = {
  policy: {},
  allowRestore: false,
  checkRI: true,
  prove: true,
  failOnLoss: false,
}
