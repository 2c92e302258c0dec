import createError, { type HttpError, type UnknownError } from 'http-errors'

/** Not so where all that is built in is frozen. */
const isAdjustable = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')?.writable === true

/**
 * The error for a request that is refused: an `http-errors` object without a stack. That would lead to
 * this package, and to capture it takes ten times as long as all else about the error.
 *
 * @param status - The status, 4xx or 501.
 * @param about - The message for the client, then further members such as `headers`.
 */
export function createRefusal(status: number, ...about: UnknownError[]): HttpError {
  if (!isAdjustable) return createError(status, ...about)
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return createError(status, ...about)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
