const announced = new Set<string>()

/**
 * The value of the environment variable that says where a live server is. When there is none: undefined, with one line for
 * people to see, or an Error when ALBACKUP_TEST_REQUIRE (a list with commas) names the server.
 */
export function liveServerUrl(server: string, variable: string): string | undefined {
  const url = process.env[variable]
  if (url) return url
  const required = (process.env.ALBACKUP_TEST_REQUIRE ?? '').split(',').map((name) => name.trim())
  if (required.includes(server)) {
    throw new Error(`ALBACKUP_TEST_REQUIRE asks for ${server}, but ${variable} does not say where it is`)
  }
  if (!announced.has(server)) {
    announced.add(server)
    process.stderr.write(`SKIPPED: tests on a live ${server}; ${variable} does not say where it is\n`)
  }
  return undefined
}
