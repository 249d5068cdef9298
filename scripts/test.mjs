// npm test: set-up, lint, types, all tests; then one closing line with the counts. Fails when no test ran.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, setUp } from './set-up.mjs'

setUp()
run('npx', ['--no-install', 'biome', 'check', '.'])
run('npx', ['--no-install', 'tsc', '-p', 'tsconfig.tests.json'])

const folder = mkdtempSync(join(tmpdir(), 'albackup-test-'))
const report = join(folder, 'report.json')
const { status } = spawnSync(
  'npx',
  [
    '--no-install',
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', shell: process.platform === 'win32' },
)
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
rmSync(folder, { recursive: true })
process.stdout.write(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`)
if (status !== 0) process.exit(status ?? 1)
if (numPassedTests === 0) {
  process.stderr.write('no test ran\n')
  process.exit(1)
}
