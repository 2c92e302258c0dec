import type { ServerResponse } from 'node:http'

/** The first of an answer's content, as it comes to `write` or `end`. */
export interface FirstContent {
  /** `undefined` where the header section leaves ahead of the content, or there is none. */
  readonly chunk: unknown
  /** How a string is encoded. Default: `utf8`. */
  readonly encoding?: unknown
  /** Whether it is all of the content. */
  readonly isWhole: boolean
}

/** What is known of content while nothing of it has come. */
export const unseen: FirstContent = { chunk: undefined, isWhole: false }

const isEncoding = (value: unknown): value is BufferEncoding =>
  typeof value === 'string' && Buffer.isEncoding(value)

/** Whether a chunk is content, and no callback or nothing at all. */
export const isContent = (chunk: unknown): chunk is string | Uint8Array =>
  typeof chunk === 'string' || chunk instanceof Uint8Array

/** How many bytes a chunk is; 0 for what is none, such as a callback. */
export function byteLength(chunk: unknown, encoding: unknown): number {
  if (typeof chunk === 'string') {
    return Buffer.byteLength(chunk, isEncoding(encoding) ? encoding : 'utf8')
  }
  return chunk instanceof Uint8Array ? chunk.byteLength : 0
}

/**
 * How many bytes the header section says will follow it; `Infinity` where it does not say, or where
 * the length is that of content which does not follow.
 */
export function declaredLength(response: ServerResponse): number {
  const length = response.getHeader('content-length')
  const isElsewhere = response.req.method === 'HEAD' || response.statusCode === 304
  return length === undefined || isElsewhere ? Infinity : Number(length)
}
