import type { IncomingMessage, ServerResponse } from 'node:http'
import { byteLength, type FirstContent } from './content.ts'
import { type OutFields, outFieldsOf } from './out-fields.ts'
import { presenceOf } from './presence.ts'

/** Who knows how the client is connected. */
export interface TransportHost<Context> {
  /** Whether the client is on https, by the framework's own proxy settings. */
  isSecure(context: Context): boolean
}

/** The members of a list, such as that of `Connection`, in lower case. */
export const listOf = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== '')

/** The name of a cache directive: `max-age` of `Max-Age=60`. */
export const directiveOf = (directive: string): string =>
  directive.split('=', 1)[0]?.trim().toLowerCase() ?? ''

/** The header section of an answer as it is about to leave: what the response rules look at. */
export class HeadSection<Context = unknown> {
  readonly response: ServerResponse
  readonly request: IncomingMessage
  readonly method: string
  readonly status: number
  #fields: OutFields | undefined
  #presence: number | undefined
  readonly #content: FirstContent
  readonly #host: TransportHost<Context>
  readonly #context: Context

  /** @param host - Asked only where a rule needs to know. */
  constructor(
    response: ServerResponse,
    content: FirstContent,
    host: TransportHost<Context>,
    context: Context,
  ) {
    this.response = response
    const request = response.req
    this.request = request
    this.method = request.method ?? ''
    this.status = response.statusCode
    this.#content = content
    this.#host = host
    this.#context = context
  }

  /** Whether the client is on https, by a trusted proxy's word too. */
  get isSecure(): boolean {
    return this.#host.isSecure(this.#context)
  }

  /** The first of the content, where it comes together with the header section. */
  get chunk(): unknown {
    return this.#content.chunk
  }

  /** How many bytes the content has, where all of it has come; `undefined` where that is not known. */
  get contentLength(): number | undefined {
    const { chunk, encoding, isWhole } = this.#content
    // The content that HEAD leaves out may never be made.
    if (!isWhole || (this.method === 'HEAD' && !this.hasContent)) return undefined
    return byteLength(chunk, encoding)
  }

  /** Whether the answer is seen to have content. */
  get hasContent(): boolean {
    const { chunk } = this
    return typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk.length > 0 : false
  }

  /** The names of the cache directives. */
  get cacheDirectives(): readonly string[] {
    return listOf(this.get('cache-control')).map(directiveOf)
  }

  get isHttp10(): boolean {
    const { httpVersionMajor, httpVersionMinor } = this.request
    return httpVersionMajor === 1 && httpVersionMinor === 0
  }

  /** Whether the connection ends with this answer, because the client says so or is of HTTP/1.0. */
  get isLast(): boolean {
    if (this.isHttp2) return false
    const options = listOf(this.request.headers.connection)
    return this.isHttp10 ? !options.includes('keep-alive') : options.includes('close')
  }

  /** Whether the client is gone, or has been refused, so that the answer goes nowhere. */
  get isLost(): boolean {
    const { response } = this
    return response.destroyed || (!this.isHttp2 && response.socket?.writable === false)
  }

  get isHttp2(): boolean {
    return this.request.httpVersionMajor >= 2
  }

  /** The request target, also where a framework has cut `url` down to what is below a mount path. */
  get target(): string {
    const { request } = this
    return 'originalUrl' in request && typeof request.originalUrl === 'string'
      ? request.originalUrl
      : (request.url ?? '')
  }

  /** Its fields by name in lower case. */
  get fields(): OutFields {
    return (this.#fields ??= outFieldsOf(this.response))
  }

  /** The bits of `presence.ts` that its fields have. */
  get presence(): number {
    return (this.#presence ??= presenceOf(this.fields))
  }

  /** Whether one of these fields has several lines. */
  hasLines(names: ReadonlySet<string>): boolean {
    const { fields } = this
    for (const name in fields) {
      const value = fields[name]?.[1]
      if (Array.isArray(value) && value.length > 1 && names.has(name)) return true
    }
    return false
  }

  /** The values of a field that takes several lines, one for each; `undefined` for any other. */
  lines(name: string): readonly string[] | undefined {
    const value = this.fields[name]?.[1]
    return Array.isArray(value) && value.length > 1 ? value : undefined
  }

  /**
   * A field's value, its lines joined
   * ([RFC 9110 section 5.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.3)).
   *
   * @param name - Its name in lower case, as everywhere here but in {@link set}.
   */
  get(name: string): string | undefined {
    const value = this.fields[name]?.[1]
    if (value === undefined || typeof value === 'string') return value
    // Node makes a text of whatever was set, a date or `null`, say.
    return Array.isArray(value) ? value.join(', ') : String(value)
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined
  }

  /** To be called where somebody else has changed the fields. */
  reread(): void {
    this.#fields = undefined
    this.#presence = undefined
  }

  /** @param name - Its name as it is to be sent. */
  set(name: string, value: string | string[]): void {
    this.response.setHeader(name, value)
    this.reread()
  }

  /** Takes a field off, and has Node not add it by itself. */
  remove(name: string): void {
    this.response.removeHeader(name)
    this.reread()
  }

  hasAny(names: readonly string[]): boolean {
    return names.some((name) => this.has(name))
  }

  removeAll(names: readonly string[]): void {
    for (const name of names) this.remove(name)
  }

  /** Whether `Connection` has an option. */
  hasOption(option: string): boolean {
    return listOf(this.get('connection')).includes(option)
  }

  /** Adds an option to `Connection`, without keeping a connection that is to close. */
  addOption(option: string): void {
    const options = new Set([option, ...listOf(this.get('connection'))])
    if (this.isLast) options.add('close')
    if (options.has('close')) {
      options.delete('keep-alive')
      this.remove('keep-alive')
    }
    this.set('Connection', [...options].join(', '))
  }
}
