import { Flags } from '@oclif/core'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { cfg, debug, json } from '../command/flags.ts'
import { paragraphs } from '../command/paragraphs.ts'
import { changePassword, type PasswordReport } from '../passwords/change-password.ts'
import { PasswordPrompt } from '../passwords/password-prompt.ts'

export default class ChangePassword extends AlbackupCommand {
  static override summary = 'Set or change the password in a configuration file.'
  static override description =
    paragraphs(`Asks for the old password, when there is one, and twice for the new; writes it encrypted into the file and leaves
everything else in it as it is. From a script: the same answers on stdin, a line each.

The key is your own: 32 random bytes in a file that only you can read ($ALBACKUP_KEY_FILE, or "key" in the folder
albackup of your configuration folder), made when it is needed; or ALBACKUP_KEY, when that is set.`)
  static override examples = [
    '<%= config.bin %> chg-password --cfg northwind.json',
    { description: 'Of a target:', command: '<%= config.bin %> chg-password --cfg northwind.json --target stage' },
  ]
  static override flags = {
    cfg,
    target: Flags.string({
      helpValue: 'NAME',
      summary: 'Change the password of this target of the configuration file.',
    }),
    debug,
    json,
  }

  protected override async work(): Promise<PasswordReport> {
    const { flags } = await this.parse(ChangePassword)
    using prompt = new PasswordPrompt(process.stdin, process.stderr, process.stdin.isTTY === true)
    // await: the prompt must outlive the questions.
    return await changePassword({
      cfg: flags.cfg,
      folder: process.cwd(),
      target: flags.target,
      prompt,
      sources: this.passwordSources,
      tell: (line) => this.terminal.tell(line),
    })
  }
}
