import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Origin } from './origin.ts'

/** That a server cannot be reached, in one sentence with the way out. */
export class UnreachableError extends Error {
  override readonly name: string = 'UnreachableError'
}

/** How to connect. */
export interface ConnectOptions {
  /** How long to wait for the connection, in milliseconds. */
  readonly timeout: number
  /** Whether to take a certificate that nobody vouches for. */
  readonly insecure: boolean
  /** What to offer by ALPN. Default: `http/1.1`. */
  readonly protocols?: readonly string[]
  /** Ends the attempt at once. */
  readonly signal?: AbortSignal | undefined
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Is the server started?',
  ENOTFOUND: 'no such host is known. Is the name spelt right?',
  EAI_AGAIN: 'the name could not be looked up. Is there a network?',
  ETIMEDOUT: 'it does not answer.',
  EHOSTUNREACH: 'there is no way to the host.',
  ENETUNREACH: 'there is no way to the network.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks no TLS. Is it an http: URL?',
  EPROTO: 'it speaks no TLS that this Node knows. Is it an http: URL?',
}

function explain(error: unknown, origin: Origin): UnreachableError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const where = `${origin.secure ? 'https' : 'http'}://${origin.authority}`
  const isUnverified = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)
  const reason = isUnverified
    ? `its certificate is not trusted (${code}). Use --insecure to check it all the same.`
    : (reasons[code] ?? (error instanceof Error ? error.message : String(error)))
  return new UnreachableError(`${where} cannot be checked: ${reason}`, { cause: error })
}

/**
 * Connects to a server, over TLS where its URL says so.
 *
 * @throws UnreachableError where that fails.
 */
export async function connect(
  origin: Origin,
  options: ConnectOptions,
): Promise<Socket | TLSSocket> {
  const { hostname: host, port } = origin
  const socket = origin.secure
    ? connectTls({
        host,
        port,
        rejectUnauthorized: !options.insecure,
        ALPNProtocols: [...(options.protocols ?? ['http/1.1'])],
        ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      })
    : connectTcp({ host, port })
  socket.setNoDelay()
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }))
  }, options.timeout)
  try {
    await once(socket, origin.secure ? 'secureConnect' : 'connect', { signal: options.signal })
  } catch (error) {
    socket.destroy()
    options.signal?.throwIfAborted()
    throw explain(error, origin)
  } finally {
    clearTimeout(timer)
  }
  return socket
}
