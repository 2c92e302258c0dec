import { once } from 'node:events'
import { connect, constants, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2'
import { onTestFinished } from 'vitest'

/** One answer as it came over HTTP/2. */
export interface StreamAnswer {
  readonly status: number
  /** The header fields, names in lower case. */
  readonly fields: Readonly<IncomingHttpHeaders>
  readonly content: string
  /** The code of the RST_STREAM or of the end: 0 is a clean one. */
  readonly code: number
  /** The interim answers that came first. */
  readonly interim: readonly IncomingHttpHeaders[]
}

/** A connection to a server on this machine; closed with the test. */
export async function openSession(
  port: number,
  scheme: 'http' | 'https' = 'http',
): Promise<ClientHttp2Session> {
  const session = connect(`${scheme}://127.0.0.1:${port}`, { rejectUnauthorized: false })
  onTestFinished(() => session.destroy())
  await once(session, 'connect')
  return session
}

/** What to ask for over HTTP/2. */
export interface StreamRequest {
  readonly method: string
  readonly path: string
  readonly fields?: Readonly<Record<string, string>>
  readonly content?: string
}

/**
 * Sends one request on a stream of its own and reads its answer.
 *
 * @throws Error when there is none within three seconds.
 */
export async function ask(
  session: ClientHttp2Session,
  { method, path, fields = {}, content }: StreamRequest,
): Promise<StreamAnswer> {
  const stream = session.request(
    { ':method': method, ...(method !== 'CONNECT' && { ':path': path }), ...fields },
    { endStream: content === undefined },
  )
  if (content !== undefined) stream.end(content)
  const interim: IncomingHttpHeaders[] = []
  let answered: IncomingHttpHeaders = {}
  let received = ''
  stream.on('headers', (headers) => interim.push(headers))
  stream.on('response', (headers) => (answered = headers))
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => (received += chunk))
  // The code says what went wrong.
  stream.on('error', () => undefined)
  const timer = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), 3000)
  await new Promise((resolve) => stream.on('close', resolve))
  clearTimeout(timer)
  const { ':status': status, ...others } = answered
  if (typeof status !== 'number')
    throw new Error(`No answer to ${method} ${path}: code ${stream.rstCode}`)
  return { status, fields: others, content: received, code: stream.rstCode ?? 0, interim }
}
