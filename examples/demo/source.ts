import { fileURLToPath } from 'node:url'
import { readRecording, startReplayServer } from '@albackup/testkit/tds-replay'

const RECORDING = fileURLToPath(new URL('../../../test/recordings/shop', import.meta.url))

/** The SQL Server the demo dumps from. */
export interface DemoSource extends AsyncDisposable {
  readonly url: string
  readonly description: string
}

/** The live server of a URL; without one, a server on this machine that answers as the recorded one did. */
export async function openDemoSource(url: string | undefined): Promise<DemoSource> {
  if (url !== undefined) {
    return { url, description: 'your own server', [Symbol.asyncDispose]: async () => {} }
  }
  const server = await startReplayServer({ recording: readRecording(RECORDING) })
  return {
    url: server.url('shop'),
    description: `a recorded one: the database of examples/shop, answered over the real protocol on port ${server.port}`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
