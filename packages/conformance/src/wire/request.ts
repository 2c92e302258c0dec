import type { Message } from './exchange.ts'
import type { FieldLine } from './answer.ts'

/** One request. */
export interface Request {
  readonly method: string
  readonly target: string
  /** Default: `'HTTP/1.1'`. */
  readonly version?: string
  /** The fields besides `Host` and `Connection`; a list where a name is used twice. */
  readonly fields?: Readonly<Record<string, string>> | readonly FieldLine[]
  /** As latin1 text. `Content-Length` is added, unless a field says how long it is. */
  readonly content?: string
  /** Default: the authority of the URL. `null`: none. */
  readonly host?: string | null
  /** Whether it is the last on its connection. Default: `true`. */
  readonly close?: boolean
  /** Whether a server has to refuse it. */
  readonly malformed?: boolean
}

/** The field lines of a request. */
export function fieldLines(request: Request, authority: string): FieldLine[] {
  const { host = authority, close = true, content } = request
  const own = fieldsOf(request)
  const has = (name: string): boolean => own.some(([key]) => key.toLowerCase() === name)
  return [
    ...(host === null ? [] : [['Host', host] as const]),
    ...(close && !has('connection') ? [['Connection', 'close'] as const] : []),
    ...own,
    ...(content === undefined || has('content-length') || has('transfer-encoding')
      ? []
      : [['Content-Length', String(content.length)] as const]),
  ]
}

/** The own fields of a request, as a list. */
function fieldsOf({ fields = [] }: Request): readonly FieldLine[] {
  return isList(fields) ? fields : Object.entries(fields)
}

const isList = (fields: object): fields is readonly FieldLine[] => Array.isArray(fields)

/** Writes requests as the octets of one connection. */
export function writeRequests(requests: readonly Request[], authority: string): Message {
  const octets = requests
    .map((request) => {
      const { method, target, version = 'HTTP/1.1', content = '' } = request
      const fields = fieldLines(request, authority).map(([name, value]) => `${name}: ${value}`)
      return `${[`${method} ${target} ${version}`, ...fields, '', ''].join('\r\n')}${content}`
    })
    .join('')
  return { octets, methods: requests.map(({ method }) => method) }
}
