/** Lines that follow one another are one paragraph, which the help wraps as the terminal is wide; an empty line ends it. */
export function paragraphs(text: string): string {
  return text.replaceAll(/(?<!\n)\n(?!\n)/g, ' ')
}
