import createError from 'http-errors'

/** One note. */
export interface Note {
  readonly id: number
  readonly text: string
}

/** What tells one version of a representation from another. */
export interface Validators {
  readonly exists: true
  /** A strong entity tag: another one for every change. */
  readonly etag: string
  readonly lastModified: Date
}

/** A note as it is stored, with its validators. */
export interface StoredNote extends Validators {
  readonly note: Note
}

/**
 * The notes of one server, in memory. Note 1 exists at start.
 *
 * Nothing in here waits: whoever finds a note, compares its entity tag with that of the request and puts
 * another in its place, without an `await` in between, does it in one step, and no update is lost. Of a
 * database, such a step would be `UPDATE … WHERE etag = …`.
 */
export class Notes {
  readonly #notes = new Map<number, StoredNote>()
  readonly #start = Date.now().toString(36)
  #version = 0
  #lastId = 0
  #validators = this.#change()

  constructor() {
    this.add('Tell clients what they may do: 405 with Allow.')
  }

  /** The validators of the list: they change with every note. */
  get validators(): Validators {
    return this.#validators
  }

  list(): Note[] {
    return [...this.#notes.values()].map(({ note }) => note)
  }

  add(text: string): StoredNote {
    do this.#lastId += 1
    while (this.#notes.has(this.#lastId))
    return this.put(this.#lastId, text)
  }

  /** The note with this id, as it stands in the path. @throws 404 for what is no id */
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
    this.#validators = this.#change()
    const stored = { ...this.#validators, note: { id: number, text } }
    this.#notes.set(number, stored)
    return stored
  }

  /** Takes the note away. @throws 404 */
  delete(id: string): void {
    if (!this.#notes.delete(toId(id))) throw createError(404, 'There is no such note')
    this.#validators = this.#change()
  }

  #change(): Validators {
    this.#version += 1
    return { exists: true, etag: `"${this.#start}-${this.#version}"`, lastModified: new Date() }
  }
}

/** An id as a number: 1 to 999,999,999, without leading zeros. @throws 404 */
function toId(id: number | string): number {
  if (/^[1-9]\d{0,8}$/.test(String(id))) return Number(id)
  throw createError(404, 'The id of a note is a number from 1')
}

/** The header fields that go with a note. */
export const noteFields = ({ etag, lastModified }: Validators): Record<string, string> => ({
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

/**
 * The text of a note with a merge patch applied
 * ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396.html)): what is no object takes the note's place.
 *
 * @throws 422 where the result is no note
 */
export function patchedText(note: Note, patch: unknown): string {
  const isObject = typeof patch === 'object' && patch !== null && !Array.isArray(patch)
  return textOf(isObject ? { ...note, ...patch } : patch)
}
