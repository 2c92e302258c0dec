/** Content in chunks, as far as it came. */
export interface ChunkedContent {
  readonly content: Buffer
  readonly end: number
  readonly whole: boolean
  readonly trailers: readonly (readonly [name: string, value: string])[]
  /** What is no chunk, where there is such. */
  readonly fault?: string
}

/**
 * Reads content in chunks ([RFC 9112 section 7.1](https://www.rfc-editor.org/rfc/rfc9112.html#section-7.1)).
 *
 * @param text - All that came, as latin1 text.
 * @param start - Where the first chunk begins.
 */
export function readChunks(text: string, start: number): ChunkedContent {
  const parts: string[] = []
  let from = start
  const done = (
    end: number,
    whole: boolean,
    more: Partial<ChunkedContent> = {},
  ): ChunkedContent => ({
    content: Buffer.from(parts.join(''), 'latin1'),
    end,
    whole,
    trailers: [],
    ...more,
  })
  for (;;) {
    const lineEnd = text.indexOf('\r\n', from)
    if (lineEnd === -1) return done(text.length, false)
    const line = text.slice(from, lineEnd)
    const [, digits] = /^([\da-f]+)[ \t]*(?:;.*)?$/i.exec(line) ?? []
    if (digits === undefined) return done(text.length, true, { fault: line.slice(0, 60) })
    const size = Number.parseInt(digits, 16)
    from = lineEnd + 2
    if (size === 0) break
    if (from + size + 2 > text.length) {
      parts.push(text.slice(from, from + size))
      return done(text.length, false)
    }
    parts.push(text.slice(from, from + size))
    if (text.slice(from + size, from + size + 2) !== '\r\n') {
      return done(text.length, true, { fault: text.slice(from + size, from + size + 20) })
    }
    from += size + 2
  }
  const trailers: [string, string][] = []
  for (;;) {
    const lineEnd = text.indexOf('\r\n', from)
    if (lineEnd === -1) return done(text.length, false, { trailers })
    const line = text.slice(from, lineEnd)
    from = lineEnd + 2
    if (line === '') return done(from, true, { trailers })
    const colon = line.indexOf(':')
    if (colon < 1) return done(from, true, { trailers, fault: line.slice(0, 60) })
    trailers.push([line.slice(0, colon), line.slice(colon + 1).trim()])
  }
}
