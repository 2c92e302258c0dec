import createError from 'http-errors'
import type { Note, Notes } from './notes.ts'

/**
 * The notes that a query asks for.
 *
 * @param notes - All notes.
 * @param query - What a client sent: `{"contains": string}`.
 * @throws 422 for any other query.
 */
export function search(notes: Notes, query: unknown): Note[] {
  if (typeof query === 'object' && query !== null && 'contains' in query) {
    const { contains } = query
    if (typeof contains === 'string') {
      return notes.list().filter(({ text }) => text.includes(contains))
    }
  }
  throw createError(422, 'A query is an object like {"contains": "…"}')
}
