/**
 * `npm run record`: loads examples/shop into a live server (ALBACKUP_TEST_MSSQL_URL, unencrypted), dumps it through a
 * recording proxy, and writes test/recordings/shop.json and shop.bin. To be run again whenever the statements that a dump
 * sends have changed. The database is called "shop" while it runs, because its name becomes a part of the recording.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mssqlServer } from './mssql-server.ts'
import { recordDump } from './tds-replay/record-dump.ts'

const ROOT = new URL('../../../', import.meta.url)

const url = process.env.ALBACKUP_TEST_MSSQL_URL
if (!url) {
  process.stderr.write('cannot record: ALBACKUP_TEST_MSSQL_URL does not say where the live server is\n')
  process.exit(2)
}

await using database = await mssqlServer(url).createDatabase('shop', 'exactly')
await database.run(readFileSync(new URL('examples/shop/shop.sql', ROOT), 'utf8'))
const path = fileURLToPath(new URL('test/recordings/shop', ROOT))
const result = await recordDump({
  database,
  command: fileURLToPath(new URL('packages/cli/bin/run.js', ROOT)),
  path,
  about: 'albackup dump of examples/shop/shop.sql',
})
process.stdout.write(`${path}: ${result.requests} requests, ${result.answerBytes} bytes of answers\n`)
