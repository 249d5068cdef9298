// npm run demo: set-up, then the story in examples/demo.
import { run, setUp } from './set-up.mjs'

setUp()
run(process.execPath, ['examples/dist/demo/demo.js', ...process.argv.slice(2)])
