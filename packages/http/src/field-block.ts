import { type ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http'
import { Socket } from 'node:net'
import type { Field } from '@http-semantics/methods'
import { askFor, bitsOf, createGroup } from './field-bits.ts'
import { type OutFields, outFieldsOf } from './out-fields.ts'

/** What `writeHead` leaves in a response of HTTP/1: a text, until the first of the content goes out with it. */
interface WrittenResponse extends ServerResponse {
  _header: unknown
}

/**
 * Whether a response writes its header section as text, which HTTP/2 does not, and to a client rather
 * than into a test's memory, as Fastify's `inject()` does.
 */
const isWritten = (response: ServerResponse): response is WrittenResponse =>
  Object.hasOwn(response, '_header') && response.socket instanceof Socket

/**
 * Adds lines to a header section that has been written, and has not left.
 *
 * @returns `false` where it has not been written yet.
 */
export function appendLines(
  response: ServerResponse & { _header?: unknown },
  lines: string,
): boolean {
  const { _header: head } = response
  if (typeof head !== 'string') return false
  response._header = `${head.slice(0, -2)}${lines}\r\n`
  return true
}

/** Any field of any block. */
const blockFields = createGroup()

/**
 * Fields that are the same for many answers, checked and put into words once. `setHeader` would check,
 * keep and write each of them again for every answer, which takes four times as long.
 */
export class FieldBlock {
  readonly #fields: readonly Field[]
  readonly #lines: string
  /** A list of this one, made once. */
  readonly alone: readonly FieldBlock[] = [this]

  /** @throws TypeError for what `setHeader` would not take. */
  constructor(fields: readonly Field[]) {
    for (const [name, value] of fields) {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    }
    this.#fields = fields
    askFor(
      fields.map(([name]) => name.toLowerCase()),
      blockFields,
    )
    this.#lines = linesOf(fields)
  }

  /**
   * Gives the fields to an answer ahead of `writeHead`. Those that it has already stay as they are.
   *
   * @param fields - What the answer has so far, by name in lower case.
   * @param present - The bits of those.
   * @returns The lines for {@link appendLines}, behind `writeHead`; `undefined` where the fields are set.
   */
  set(
    response: ServerResponse,
    fields: OutFields = outFieldsOf(response),
    present: number = bitsOf(fields),
  ): string | undefined {
    if (!isWritten(response)) {
      this.#setMissing(response)
      return undefined
    }
    if ((present & blockFields) === 0) return this.#lines
    return linesOf(this.#fields.filter(([name]) => fields[name.toLowerCase()] === undefined))
  }

  /**
   * Gives the fields to an answer behind `writeHead`, where something has wrapped that: it may have set
   * fields of its own, or have put the call off.
   */
  append(response: ServerResponse): void {
    if (!appendLines(response, linesOf(this.#missing(response)))) this.#setMissing(response)
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
