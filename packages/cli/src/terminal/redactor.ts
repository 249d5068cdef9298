const MASK = '***'
/** Shorter ones would garble every line, and hide nothing. */
const LEAST_LENGTH = 4

/**
 * The last net under all output: takes known passwords out of a text, as they are, percent-encoded or escaped for JSON.
 * What albackup itself writes never holds one; the message of a driver might.
 */
export class Redactor {
  private readonly forms = new Set<string>()

  hide(secret: string): void {
    if (secret.length < LEAST_LENGTH) return
    this.forms.add(secret)
    this.forms.add(encodeURIComponent(secret))
    this.forms.add(JSON.stringify(secret).slice(1, -1))
  }

  redact(text: string): string {
    const longestFirst = [...this.forms].toSorted((a, b) => b.length - a.length)
    return longestFirst.reduce((redacted, form) => redacted.replaceAll(form, MASK), text)
  }
}
