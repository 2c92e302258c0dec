import { type ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http'
import { Socket } from 'node:net'
import type { Field } from '@http-semantics/methods'
import { outFieldsOf } from './out-fields.ts'

/**
 * What `writeHead` leaves in a response of HTTP/1: a text, until the first of the content goes out with
 * it. One of HTTP/2 has a boolean there.
 */
interface WrittenResponse extends ServerResponse {
  _header?: unknown
}

/**
 * Whether a response writes its header section as text, which HTTP/2 does not, and to a client rather
 * than into a test's memory, as Fastify's `inject()` does.
 */
const isWritten = ({ _header: head, socket }: WrittenResponse): boolean =>
  (head === null || typeof head === 'string') && socket instanceof Socket

/**
 * Fields that are the same for many answers, checked and put into words once. `setHeader` would check,
 * keep and write each of them again for every answer, which takes four times as long.
 */
export class FieldBlock {
  readonly #fields: readonly Field[]
  readonly #names: ReadonlySet<string>
  readonly #lines: string

  /** @throws TypeError for what `setHeader` would not take. */
  constructor(fields: readonly Field[]) {
    for (const [name, value] of fields) {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    }
    this.#fields = fields
    this.#names = new Set(fields.map(([name]) => name.toLowerCase()))
    this.#lines = linesOf(fields)
  }

  /**
   * Gives the fields to an answer ahead of `writeHead`. Those that it has already stay as they are.
   *
   * @returns Whether {@link append} is to be called behind `writeHead`; else they are set.
   */
  set(response: ServerResponse): boolean {
    if (isWritten(response)) return true
    this.#setMissing(response)
    return false
  }

  /**
   * Gives the fields to an answer whose header section has been written, and has not left. What it has by
   * then stays: whatever wraps the methods of a response may have set fields since {@link set}.
   */
  append(response: WrittenResponse): void {
    const { _header: head } = response
    // Some wrapper of `writeHead` has put the call off.
    if (typeof head !== 'string') return this.#setMissing(response)
    const lines = this.#isMissing(response) ? this.#lines : linesOf(this.#missing(response))
    response._header = `${head.slice(0, -2)}${lines}\r\n`
  }

  #isMissing(response: ServerResponse): boolean {
    for (const name in outFieldsOf(response)) if (this.#names.has(name)) return false
    return true
  }

  #missing(response: ServerResponse): readonly Field[] {
    return this.#fields.filter(([name]) => !response.hasHeader(name))
  }

  #setMissing(response: ServerResponse): void {
    for (const [name, value] of this.#missing(response)) response.setHeader(name, value)
  }
}

const linesOf = (fields: readonly Field[]): string =>
  fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')
