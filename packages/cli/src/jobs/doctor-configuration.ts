import type { Configuration, ConnectionEntry } from '../configuration/configuration.ts'
import { OWN_VARIABLE } from '../connections/file-connection.ts'
import { passwordVariable } from '../connections/password.ts'
import { decryptLegacyPassword } from '../secrets/legacy-password.ts'
import { isSealed } from '../secrets/sealed-password.ts'
import type { Check } from './doctor-report.ts'

/** Which file it is, and in what form it holds passwords. */
export function checkConfiguration(
  configuration: Configuration | undefined,
  environment: NodeJS.ProcessEnv,
): readonly Check[] {
  if (configuration === undefined) {
    return [{ subject: 'configuration', state: 'good', message: 'no configuration file here' }]
  }
  const { file, own, targets } = configuration
  const ownPassword = () => checkPassword(file, 'db_password', own, OWN_VARIABLE, '', environment)
  return [
    { subject: 'configuration', state: 'good', message: `configuration ${file}` },
    ...(own.db_server === undefined ? [] : [ownPassword()]),
    ...Object.entries(targets).map(([name, entry]) =>
      checkPassword(
        file,
        `targets.${name}.db_password`,
        entry,
        passwordVariable(name),
        ` --target ${name}`,
        environment,
      ),
    ),
  ]
}

function checkPassword(
  file: string,
  key: string,
  { db_password: stored }: ConnectionEntry,
  variable: string,
  flag: string,
  environment: NodeJS.ProcessEnv,
): Check {
  const subject = 'password'
  const command = `albackup chg-password --cfg ${file}${flag}`
  const fromEnvironment = (environment[variable] ?? '') !== ''
  const over = fromEnvironment ? `; that of ${variable} goes before it` : ''
  if (!stored) {
    const where = fromEnvironment ? `that of ${variable} is taken` : `${variable} is not set either`
    return { subject, state: 'good', message: `${key} is not set, ${where}` }
  }
  if (isSealed(stored)) return { subject, state: 'good', message: `${key} is encrypted with a key of your own${over}` }
  if (decryptLegacyPassword(stored) === undefined) {
    const message = `${key} is not encrypted${over}`
    return { subject, state: fromEnvironment ? 'advice' : 'fault', message, hint: `Encrypt it: ${command}` }
  }
  const message = `${key} is encrypted as the original albackup did, with a key that everybody has${over}`
  return { subject, state: 'advice', message, hint: `Encrypt it with a key of your own: ${command}` }
}
