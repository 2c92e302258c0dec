/** A fenced block of Markdown. */
export interface Fence {
  /** The first word behind the fence, such as `ts`. */
  readonly language: string
  /** The words behind that, such as `no-run`. */
  readonly marks: readonly string[]
  readonly code: string
  /** How many lines stand before the first of `code`. */
  readonly offset: number
  /** The text of the heading it stands under. */
  readonly heading: string
}

/** The fenced blocks of Markdown, in their order. */
export function fencesOf(lines: readonly string[]): Fence[] {
  const fences: Fence[] = []
  let start: number | undefined
  let info = ''
  let heading = ''
  for (const [index, line] of lines.entries()) {
    const [, fence] = /^\s*```(.*)$/.exec(line) ?? []
    if (fence === undefined) {
      if (start === undefined) [, heading = heading] = /^#+ (.*)$/.exec(line) ?? []
    } else if (start === undefined) {
      start = index + 1
      info = fence
    } else {
      const [language = '', ...marks] = info.trim().split(/\s+/)
      const code = lines.slice(start, index).join('\n')
      fences.push({ language, marks, code, offset: start, heading })
      start = undefined
    }
  }
  return fences
}

/** Whether a fence has code that tests can run. */
export const isCode = ({ language }: Fence): boolean =>
  /^(?:ts|js|typescript|javascript)$/.test(language)

/** A command as documentation shows it, and what it prints. */
export interface ShownCommand {
  readonly command: string
  readonly output: string
}

/** The commands of a `console` block: each behind `$ `, and below it what it prints. */
export const commandsOf = (code: string): ShownCommand[] =>
  code
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...output] = part.split('\n')
      return { command, output: output.join('\n').trimEnd() }
    })
