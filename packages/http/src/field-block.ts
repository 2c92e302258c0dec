import { type ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http'
import type { Field } from '@http-semantics/methods'
import { outFieldsOf } from './out-fields.ts'

/** Fields that are the same for many answers, checked and put into words once. */
export class FieldBlock {
  readonly #fields: readonly Field[]
  readonly #names: ReadonlySet<string>
  /** The lines of all fields, each with its line break. */
  readonly lines: string

  /** @throws TypeError for what `setHeader` would not take. */
  constructor(fields: readonly Field[]) {
    for (const [name, value] of fields) {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    }
    this.#fields = fields
    this.#names = new Set(fields.map(([name]) => name.toLowerCase()))
    this.lines = linesOf(fields)
  }

  /** The lines of those fields that an answer has not, each with its line break. */
  missingLines(response: ServerResponse): string {
    for (const name in outFieldsOf(response)) {
      if (this.#names.has(name)) return linesOf(this.#missing(response))
    }
    return this.lines
  }

  /** Gives an answer those fields that it has not. */
  setMissing(response: ServerResponse): void {
    for (const [name, value] of this.#missing(response)) response.setHeader(name, value)
  }

  #missing(response: ServerResponse): readonly Field[] {
    return this.#fields.filter(([name]) => !response.hasHeader(name))
  }
}

const linesOf = (fields: readonly Field[]): string =>
  fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')
