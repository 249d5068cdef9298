import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * The program of a Chromium: of ALBACKUP_TEST_BROWSER, or from where it usually is. When there is none: undefined, with one line for
 * people to see, or an Error when ALBACKUP_TEST_REQUIRE (a list with commas) names `browser`.
 */
export function browserProgram(): string | undefined {
  const named = process.env.ALBACKUP_TEST_BROWSER
  const found = named || PLACES.find((place) => existsSync(place))
  if (found !== undefined) return found
  const required = (process.env.ALBACKUP_TEST_REQUIRE ?? '').split(',').map((name) => name.trim())
  if (required.includes('browser')) {
    throw new Error(
      'ALBACKUP_TEST_REQUIRE asks for browser, but there is no Chromium, and ALBACKUP_TEST_BROWSER names none',
    )
  }
  process.stderr.write(
    'SKIPPED: tests in a browser; there is no Chromium at its usual places (ALBACKUP_TEST_BROWSER names one)\n',
  )
  return undefined
}
