// npm run record: set-up, then the recordings of test/recordings anew from the live server of ALBACKUP_TEST_MSSQL_URL.
import { run, setUp } from './set-up.mjs'

setUp()
run(process.execPath, ['packages/testkit/dist/record-shop.js'])
