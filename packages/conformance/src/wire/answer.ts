import { readChunks } from './chunks.ts'

/** A field line: its name as it was sent, and its value without the white space around it. */
export type FieldLine = readonly [name: string, value: string]

/** What in an answer departs from the grammar of a message. */
export type FaultKind =
  | 'status-line'
  | 'line-ending'
  | 'bare-cr'
  | 'folding'
  | 'leading-space'
  | 'field-name'
  | 'colon-space'
  | 'field-value'
  | 'chunk'

/** One departure, with the octets it was seen in. */
interface Fault {
  readonly kind: FaultKind
  readonly seen: string
}

/** One answer, interim or final, as it came. */
export interface Answer {
  /** The protocol of the answer: `'HTTP/1.1'`, `'HTTP/2'`. */
  readonly version: string
  readonly status: number
  readonly reason: string
  readonly fields: readonly FieldLine[]
  /** The content, taken out of chunks where it came in them. */
  readonly content: Buffer
  readonly trailers: readonly FieldLine[]
  /** What tells where the content ends. */
  readonly framing: 'none' | 'length' | 'chunked' | 'close'
  /** Whether all of it came. */
  readonly whole: boolean
  readonly faults: readonly Fault[]
  /** Its octets, as latin1 text. */
  readonly raw: string
}

const token = /^[!#$%&'*+.^_`|~\w-]+$/
// oxlint-disable-next-line no-control-regex -- those are what it looks for
const control = /[\0-\b\v\f\n\x0e-\x1f\x7f]/

/** The values of a field, one for each line. */
export const lines = (answer: Answer, name: string): string[] =>
  answer.fields
    .filter(([candidate]) => candidate.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value)

/** The value of a field, its lines joined by commas; `undefined` without one. */
export function field(answer: Answer, name: string): string | undefined {
  const values = lines(answer, name)
  return values.length === 0 ? undefined : values.join(', ')
}

/** The members of a field that is a list of plain tokens, in lower case. */
export const members = (answer: Answer, name: string): string[] =>
  (field(answer, name) ?? '')
    .split(',')
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== '')

/** Whether an answer is an interim one, which a final one follows. */
export const isInterim = ({ status }: Answer): boolean => status < 200 && status !== 101

interface Head {
  readonly end: number
  readonly version: string
  readonly status: number
  readonly reason: string
  readonly fields: readonly FieldLine[]
  readonly faults: readonly Fault[]
}

/** Reads a status line and the field lines behind it; `undefined` while they are not complete. */
function readHead(text: string, start: number): Head | 'no answer' | undefined {
  const faults: Fault[] = []
  const found: string[] = []
  let from = start
  for (;;) {
    const feed = text.indexOf('\n', from)
    if (feed === -1)
      return found.length === 0 && text.length - from > 9 && !text.startsWith('HTTP/', from)
        ? 'no answer'
        : undefined
    const hasReturn = text[feed - 1] === '\r' && feed > from
    const line = text.slice(from, hasReturn ? feed - 1 : feed)
    from = feed + 1
    if (!hasReturn) faults.push({ kind: 'line-ending', seen: `${line}\n` })
    if (line.includes('\r')) faults.push({ kind: 'bare-cr', seen: line })
    if (line === '') break
    found.push(line)
  }
  const [statusLine = '', ...rest] = found
  const [, version = '', status = '', reason = ''] =
    /^(HTTP\/\d\.\d)[ \t]*(\d*)[ \t]?(.*)$/s.exec(statusLine) ?? []
  // oxlint-disable-next-line no-control-regex -- those are what it looks for
  if (!/^HTTP\/1\.\d [1-9]\d\d [^\0-\b\n-\x1f\x7f]*$/.test(statusLine)) {
    faults.push({ kind: 'status-line', seen: statusLine })
  }
  if (version === '') return 'no answer'
  const fields: FieldLine[] = []
  for (const [index, line] of rest.entries()) {
    if (/^[ \t]/.test(line)) {
      faults.push({ kind: index === 0 ? 'leading-space' : 'folding', seen: line })
      const last = fields.pop()
      if (last !== undefined) fields.push([last[0], `${last[1]} ${line.trim()}`])
      continue
    }
    const colon = line.indexOf(':')
    const name = colon === -1 ? line : line.slice(0, colon)
    if (/[ \t]$/.test(name)) faults.push({ kind: 'colon-space', seen: line })
    else if (colon === -1 || !token.test(name)) faults.push({ kind: 'field-name', seen: line })
    const value = colon === -1 ? '' : line.slice(colon + 1).replaceAll(/^[ \t]+|[ \t]+$/g, '')
    if (control.test(value)) faults.push({ kind: 'field-value', seen: line })
    fields.push([name.trimEnd(), value])
  }
  return { end: from, version, status: Number(status), reason, fields, faults }
}

/**
 * Reads one answer from what came on a connection.
 *
 * @param text - All that came, as latin1 text.
 * @param start - Where the answer begins.
 * @param method - The method it answers.
 * @param ended - Whether the server has closed its side.
 * @returns The answer and where it ends; `undefined` where its header section is not complete.
 */
function readAnswer(
  text: string,
  start: number,
  method: string,
  ended: boolean,
): { answer: Answer; end: number } | 'no answer' | undefined {
  const head = readHead(text, start)
  if (head === undefined || head === 'no answer') return head
  const { version, status, reason, fields, faults } = head
  const finish = (
    end: number,
    body: Pick<Answer, 'content' | 'framing' | 'whole'> &
      Partial<Pick<Answer, 'faults' | 'trailers'>>,
  ): { answer: Answer; end: number } => ({
    end,
    answer: {
      version,
      status,
      reason,
      fields,
      trailers: [],
      ...body,
      faults: [...faults, ...(body.faults ?? [])],
      raw: text.slice(start, end),
    },
  })
  const values = (name: string): string[] =>
    fields.filter(([candidate]) => candidate.toLowerCase() === name).map(([, value]) => value)
  const bare = method === 'HEAD' || status < 200 || status === 204 || status === 304
  if (bare || (method === 'CONNECT' && status < 300)) {
    return finish(head.end, { content: Buffer.alloc(0), framing: 'none', whole: true })
  }
  if (/(?:^|[,\s])chunked$/i.test(values('transfer-encoding').join(', '))) {
    const { content, end, whole, trailers, fault } = readChunks(text, head.end)
    return finish(end, {
      content,
      framing: 'chunked',
      whole,
      trailers,
      faults: fault === undefined ? [] : [{ kind: 'chunk', seen: fault }],
    })
  }
  const [length] = values('content-length')
  if (
    values('transfer-encoding').length === 0 &&
    length !== undefined &&
    /^\d{1,15}$/.test(length)
  ) {
    const end = head.end + Number(length)
    return finish(Math.min(end, text.length), {
      content: Buffer.from(text.slice(head.end, end), 'latin1'),
      framing: 'length',
      whole: end <= text.length,
    })
  }
  return finish(text.length, {
    content: Buffer.from(text.slice(head.end), 'latin1'),
    framing: 'close',
    whole: ended,
  })
}

/** What came on a connection, split into answers. */
export interface Reading {
  /** For each request its final answer, as far as they came. */
  readonly finals: readonly Answer[]
  /** The interim answers, with the number of the request they belong to. */
  readonly interims: readonly { readonly request: number; readonly answer: Answer }[]
  /** What is left behind the last answer that was due, as latin1 text. */
  readonly rest: string
}

/** Splits what came on a connection into the answers to requests with the given methods. */
export function readAnswers(text: string, methods: readonly string[], ended: boolean): Reading {
  const finals: Answer[] = []
  const interims: { request: number; answer: Answer }[] = []
  let from = 0
  while (finals.length < methods.length && from < text.length) {
    const read = readAnswer(text, from, methods[finals.length] ?? 'GET', ended)
    if (read === undefined || read === 'no answer') break
    from = read.end
    if (isInterim(read.answer)) interims.push({ request: finals.length, answer: read.answer })
    else finals.push(read.answer)
  }
  return { finals, interims, rest: text.slice(from) }
}
