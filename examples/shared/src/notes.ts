import createError from 'http-errors'

/** One note. */
export interface Note {
  readonly id: number
  readonly text: string
}

/** A note as it is stored, with its validators. */
export interface StoredNote {
  readonly note: Note
  /** A strong entity tag: another one for every change. */
  readonly etag: string
  readonly lastModified: Date
}

/** The notes of one server, in memory. Note 1 exists at start. */
export class Notes {
  readonly #notes = new Map<number, StoredNote>()
  readonly #start = Date.now().toString(36)
  #version = 0
  #lastId = 0

  constructor() {
    this.add('Tell clients what they may do: 405 with Allow.')
  }

  list(): Note[] {
    return [...this.#notes.values()].map(({ note }) => note)
  }

  add(text: string): StoredNote {
    return this.put(this.#lastId + 1, text)
  }

  /** The note with this id, as it stands in the path. */
  find(id: string): StoredNote | undefined {
    return this.#notes.get(toId(id))
  }

  /** The note with this id. @throws 404 */
  get(id: string): StoredNote {
    const found = this.find(id)
    if (found === undefined) throw createError(404, 'There is no such note')
    return found
  }

  put(id: number | string, text: string): StoredNote {
    const number = toId(id)
    if (Number.isNaN(number)) throw createError(404, 'The id of a note is a number from 1')
    this.#version += 1
    this.#lastId = Math.max(this.#lastId, number)
    const stored = {
      note: { id: number, text },
      etag: `"${this.#start}-${this.#version}"`,
      lastModified: new Date(),
    }
    this.#notes.set(number, stored)
    return stored
  }

  /** Takes the note away. @throws 404 */
  delete(id: string): void {
    if (!this.#notes.delete(toId(id))) throw createError(404, 'There is no such note')
  }
}

/** An id as a number: 1 to 999,999,999, without leading zeros; else NaN. */
const toId = (id: number | string): number =>
  /^[1-9]\d{0,8}$/.test(String(id)) ? Number(id) : Number.NaN

/** The header fields that go with a note. */
export const noteFields = ({ etag, lastModified }: StoredNote): Record<string, string> => ({
  ETag: etag,
  'Last-Modified': lastModified.toUTCString(),
})

/** The text of a note that a client sent as `{"text": string}`. @throws 422 */
export function textOf(content: unknown): string {
  if (typeof content === 'object' && content !== null && 'text' in content) {
    const { text } = content
    if (typeof text === 'string') return text
  }
  throw createError(422, 'A note is an object like {"text": "…"}')
}
