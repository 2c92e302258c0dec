import { linkValue, type Link } from '@http-semantics/preconditions'
import { isRegistered, statusInfo, type FieldCondition } from '@http-semantics/status'
import createError from 'http-errors'
import type { IncomingMessage } from 'node:http'

/** An answer, ready to send. */
export interface Answer {
  readonly status: number
  readonly fields: Readonly<Record<string, string>>
  /** `undefined`: the answer has none. */
  readonly content: string | undefined
  /** The links of a 103 to be sent ahead of the answer. */
  readonly hints: readonly Link[]
}

/** What an answer depends on. */
export type Asked = Pick<IncomingMessage, 'httpVersionMajor'>

/** The text that a 206 has a range of. */
const text = 'The text of which a 206 has a range, and a 416 only the length.\n'
const range = { first: 0, last: 7 } as const

const hint = { target: '/files/hello.txt', rel: 'preload', parameters: { as: 'fetch' } } as const

/** Where the answers lead that do not lead to their entry in the catalogue. */
const locations: ReadonlyMap<number, string> = new Map([
  [104, '/uploads/1'],
  [201, '/notes/1'],
])

/** What the fields that the catalogue asks for have to say; other fields the server makes itself. */
const values: Readonly<Record<string, (code: number) => string>> = {
  Accept: () => 'application/json',
  Allow: () => 'GET, HEAD, POST, OPTIONS',
  Connection: () => 'upgrade',
  'Content-Range': (code) =>
    code === 206 ? `bytes ${range.first}-${range.last}/${text.length}` : `bytes */${text.length}`,
  ETag: () => '"respond"',
  'Last-Modified': () => 'Mon, 15 Sep 2025 00:00:00 GMT',
  Link: () => '<https://example.org/legislation>; rel="blocked-by"',
  Location: (code) => locations.get(code) ?? `/status/${code}`,
  'Proxy-Authenticate': () => 'Bearer realm="example"',
  'Retry-After': () => '120',
  Upgrade: () => 'websocket',
  'WWW-Authenticate': () => 'Bearer realm="example"',
}

/** The conditions that hold for these answers. */
const conditions: ReadonlySet<FieldCondition> = new Set([
  'always',
  'as-200',
  'available',
  'single-part',
  'preferred',
  'byte-range',
  'media-type',
  'http/1.1',
])

/** Fields about the connection, which HTTP/2 does not have. */
const connectionFields: ReadonlySet<string> = new Set(['Connection', 'Upgrade'])

/**
 * An answer with the very status that the path names, and everything the status asks for: `Location`,
 * a challenge, `Allow`, a range. 103 goes ahead of a 200.
 *
 * @param id - The code as it stands in the path.
 * @param request - The request.
 * @throws 404 for a code that is not registered, or that no handler can send.
 */
export function respond(id: string, request: Asked): Answer {
  const code = Number(id)
  if (!/^[1-9]\d\d$/.test(id) || !isRegistered(code)) {
    throw createError(404, 'There is no such status')
  }
  if (code === 103) return { ...finalAnswer(200, request), hints: [hint] }
  if (code < 200) throw createError(404, `${code} is no answer that a handler gives`)
  return finalAnswer(code, request)
}

/**
 * What an answer with this status looks like in HTTP/1.1, as far as a handler has a say in it: a header
 * section, and behind an empty line the content.
 *
 * @param code - A registered code, of an interim answer too.
 */
export function exampleAnswer(code: number): string {
  const request = { httpVersionMajor: 1 }
  const isInterim = code < 200
  const { fields, content } = isInterim
    ? { fields: askedFields(code, request), content: undefined }
    : finalAnswer(code, request)
  const lines = Object.entries(code === 103 ? { Link: linkValue(hint) } : fields)
  return [
    `HTTP/1.1 ${code} ${statusInfo(code).phrase ?? ''}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    ...(content === undefined ? [] : ['', content.trimEnd()]),
  ].join('\n')
}

/** The fields that the catalogue asks for, as far as the conditions hold. */
function askedFields(code: number, { httpVersionMajor }: Asked): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const { field, level, when } of statusInfo(code).fields) {
    const value = values[field]
    if (value === undefined || level === 'MUST NOT' || !conditions.has(when)) continue
    if (httpVersionMajor >= 2 && connectionFields.has(field)) continue
    fields[field] = value(code)
  }
  return fields
}

function finalAnswer(code: number, request: Asked): Answer {
  const info = statusInfo(code)
  const fields = askedFields(code, request)
  if (info.cacheable === 'never') fields['Cache-Control'] = 'no-store'
  if (info.content === 'never') return { status: code, fields, content: undefined, hints: [] }
  const [type, content] = contentOf(code, info.phrase ?? '')
  return { status: code, fields: { ...fields, 'Content-Type': type }, content, hints: [] }
}

function contentOf(code: number, title: string): readonly [type: string, content: string] {
  switch (code) {
    case 206:
      return ['text/plain; charset=utf-8', text.slice(range.first, range.last + 1)]
    case 207:
      return [
        'application/xml; charset=utf-8',
        `<?xml version="1.0" encoding="utf-8"?>
<multistatus xmlns="DAV:"><response><href>/notes/1</href><status>HTTP/1.1 200 OK</status></response></multistatus>
`,
      ]
    default: {
      const type = code < 400 ? 'application/json' : 'application/problem+json'
      return [type, JSON.stringify({ title, status: code })]
    }
  }
}
