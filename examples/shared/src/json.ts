import createError from 'http-errors'

/** The largest content the servers take, in bytes. */
export const contentLimit = 102_400

/**
 * JSON from a request's content. A client that names no Content-Type may send JSON, too: Python's
 * `requests.post(url, data=json.dumps(data))` does.
 *
 * @param text - The content, decoded.
 * @param contentType - The request's `Content-Type`.
 * @param mediaTypes - The media types taken. Default: `application/json`.
 * @throws 415 for any other type, 400 for JSON that is none.
 */
export function readJson(
  text: string,
  contentType: string | undefined,
  mediaTypes: readonly string[] = ['application/json'],
): unknown {
  const [type = ''] = (contentType ?? '').toLowerCase().split(';')
  const named = type.trim()
  if (named !== '' && !mediaTypes.includes(named)) {
    throw createError(415, `Send ${mediaTypes.join(' or ')}`)
  }
  try {
    return JSON.parse(text) as unknown
  } catch {
    if (named === '') throw createError(415, `Send ${mediaTypes.join(' or ')}`)
    throw createError(400, 'The content is not JSON')
  }
}
