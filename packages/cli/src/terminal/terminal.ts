import { Redactor } from './redactor.ts'

/** What of a stream the terminal needs; process.stdout and process.stderr are such. */
export interface OutputStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface TerminalOptions {
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly environment: NodeJS.ProcessEnv
  /** stdout belongs to one JSON object; the lines for people go to stderr. */
  readonly json: boolean
}

export type Tone = 'plain' | 'error' | 'warning' | 'quiet'

/** Select Graphic Rendition parameters of ECMA-48. */
const STYLES: Readonly<Record<Tone, string>> = { plain: '', error: '1;31', warning: '33', quiet: '2' }
const CLEAR_LINE = '\r\u001b[2K'

/** The only way from the commands to the user. No message shows a known password, and no line steers the terminal. */
export class Terminal {
  private readonly options: TerminalOptions
  private readonly redactor = new Redactor()
  private readonly styled: boolean
  private showsLive = false

  constructor(options: TerminalOptions) {
    this.options = options
    const { stderr, environment } = options
    this.styled = stderr.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb'
  }

  /** Whether a line can be drawn over. */
  get isLive(): boolean {
    return this.options.stderr.isTTY === true && this.options.environment.TERM !== 'dumb'
  }

  hide(secret: string): void {
    this.redactor.hide(secret)
  }

  /** A line of the result. Its words are albackup's own: a path in it stays a path, though a password may be a part of it. */
  print(line: string): void {
    this.clearLive()
    const { json, stderr, stdout } = this.options
    const stream = json ? stderr : stdout
    stream.write(`${withoutControls(line)}\n`)
  }

  /** A line beside the result. */
  tell(line: string, tone: Tone = 'plain'): void {
    this.clearLive()
    this.options.stderr.write(`${this.style(this.clean(line), tone)}\n`)
  }

  warn(message: string): void {
    this.tell(`warning: ${message}`, 'warning')
  }

  /** Plain data without known passwords in its texts: for a part of a result that may be the words of a driver. */
  redact<T extends object>(value: T): T {
    const redact = (_: string, item: unknown) => (typeof item === 'string' ? this.redactor.redact(item) : item)
    return JSON.parse(JSON.stringify(value, redact)) as T
  }

  /** The one object of --json. As in `print`, the report is as it is; what stands under `error` may be the words of a driver. */
  printJson(value: object): void {
    const { error, ...report }: { readonly error?: object } = value
    const redacted = error === undefined ? {} : { error: this.redact(error) }
    this.options.stdout.write(`${JSON.stringify({ ...report, ...redacted })}\n`)
  }

  /** Draws over the live line before; it goes away with the next line of any other kind. */
  showLive(line: string): void {
    const room = (this.options.stderr.columns ?? 80) - 1
    const text = this.clean(line)
    this.options.stderr.write(CLEAR_LINE + (text.length > room ? `${text.slice(0, room - 1)}…` : text))
    this.showsLive = true
  }

  clearLive(): void {
    if (this.showsLive) this.options.stderr.write(CLEAR_LINE)
    this.showsLive = false
  }

  private clean(text: string): string {
    return withoutControls(this.redactor.redact(text))
  }

  private style(text: string, tone: Tone): string {
    return this.styled && tone !== 'plain' ? `\u001b[${STYLES[tone]}m${text}\u001b[0m` : text
  }
}

/** All but tab and line feed: a table's name may hold an escape sequence. */
const CONTROLS = /[^\P{Cc}\t\n]/gu

function withoutControls(text: string): string {
  return text.replaceAll(CONTROLS, (control) => `\\u{${control.codePointAt(0)!.toString(16)}}`)
}
