import type { IncomingMessage, ServerResponse } from 'node:http'

/** The header section of an answer as it is about to leave: what the response rules look at. */
export class HeadSection {
  readonly response: ServerResponse
  readonly request: IncomingMessage
  /** Whether the client is on https, by a trusted proxy's word too. */
  readonly isSecure: boolean
  /** The first of the content, where it comes together with the header section. */
  readonly chunk: unknown

  /** @param isSecure - As the framework tells it, its proxy settings included. */
  constructor(response: ServerResponse, isSecure: boolean, chunk: unknown) {
    this.response = response
    this.request = response.req
    this.isSecure = isSecure
    this.chunk = chunk
  }

  get status(): number {
    return this.response.statusCode
  }

  get method(): string {
    return this.request.method ?? ''
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

  /** The values of a field, one for each line it takes. */
  lines(name: string): string[] {
    const value = this.response.getHeader(name)
    return value === undefined ? [] : [value].flat().map(String)
  }

  /** A field's value, its lines joined ([RFC 9110 section 5.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.3)). */
  get(name: string): string | undefined {
    const value = this.response.getHeader(name)
    if (value === undefined || typeof value === 'string') return value
    return typeof value === 'number' ? String(value) : value.join(', ')
  }

  has(name: string): boolean {
    return this.response.hasHeader(name)
  }

  set(name: string, value: string): void {
    this.response.setHeader(name, value)
  }

  remove(name: string): void {
    this.response.removeHeader(name)
  }
}
