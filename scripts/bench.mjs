// npm run bench: set-up, then the measurements of bench/.
import { run, setUp } from './set-up.mjs'

setUp()
run(process.execPath, ['bench/dist/bench.js', ...process.argv.slice(2)])
