import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { StartError } from './start-error.ts'

/** What a server needs to speak TLS, as PEM. */
export interface Credentials {
  readonly key: Buffer
  readonly cert: Buffer
}

/**
 * The key and the certificate in the files that `TLS_KEY` and `TLS_CERT` name; `undefined` where both
 * are unset or empty.
 *
 * @throws StartError for one without the other, a file that cannot be read, or no pair.
 */
export function readCredentials(environment: NodeJS.ProcessEnv): Credentials | undefined {
  const { TLS_KEY = '', TLS_CERT = '' } = environment
  if (TLS_KEY === '' && TLS_CERT === '') return undefined
  for (const [name, other, value] of [
    ['TLS_KEY', 'TLS_CERT', TLS_KEY],
    ['TLS_CERT', 'TLS_KEY', TLS_CERT],
  ] as const) {
    if (value === '') throw new StartError(`${other} needs ${name}: set both, or none for http.`)
  }
  const credentials = { key: read('TLS_KEY', TLS_KEY), cert: read('TLS_CERT', TLS_CERT) }
  try {
    createSecureContext(credentials)
  } catch (error) {
    throw new StartError(
      `TLS_KEY and TLS_CERT must name a key and its certificate, both as PEM: ${messageOf(error)}.`,
    )
  }
  return credentials
}

function read(name: string, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new StartError(`${name} must name a file that can be read: ${messageOf(error)}.`)
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
