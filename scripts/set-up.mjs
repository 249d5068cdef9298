// Makes a clone ready to run: dependencies as locked, the build, the list of commands. Quick when nothing has changed.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a command in the project's folder with its output shown; ends this process with its status when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

export function setUp() {
  if (!isInstalled()) run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  run('npx', ['--no-install', 'tsc', '-b'])
  run(process.execPath, ['scripts/bundle.mjs'])
  run(process.execPath, ['scripts/assemble.mjs'])
  run(process.execPath, ['scripts/list-commands.mjs'])
}

/** npm writes this file last; it is older than the lock file when the lock has changed since. */
function isInstalled() {
  const installed = `${root}/node_modules/.package-lock.json`
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${root}/package-lock.json`).mtimeMs
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp()
