import createError, { type HttpError, type UnknownError } from 'http-errors'

/**
 * The error for a request that is refused: an `http-errors` object with the last call of its stack alone.
 * All of it leads to this package, and to capture it takes ten times as long as all else about the error.
 *
 * @param status - The status, 4xx or 501.
 * @param about - The message for the client, then further members such as `headers`.
 */
export function createRefusal(status: number, ...about: UnknownError[]): HttpError {
  const { stackTraceLimit } = Error
  // Where all that is built in is frozen, this does nothing.
  Reflect.set(Error, 'stackTraceLimit', 1)
  try {
    return createError(status, ...about)
  } finally {
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit)
  }
}
