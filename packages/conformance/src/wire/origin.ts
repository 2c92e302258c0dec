/** Where a server is. */
export interface Origin {
  /** The name or address to connect to, without brackets. */
  readonly hostname: string
  readonly port: number
  readonly secure: boolean
  /** What belongs into `Host`: the port only where it is not the scheme's own. */
  readonly authority: string
  /** The path and query of the URL that was given. */
  readonly path: string
}

/**
 * Reads the URL of a server.
 *
 * @throws TypeError for what is no `http:` or `https:` URL.
 */
export function parseOrigin(url: string | URL): Origin {
  const text = String(url)
  const parsed = URL.canParse(text) ? new URL(text) : undefined
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    const meant = /^[\w.-]+(?::\d+)?(?:\/|$)/.test(text)
      ? `http://${text}`
      : 'http://127.0.0.1:3000/'
    throw new TypeError(`'${text}' is no URL of a server; write it like '${meant}'`)
  }
  const secure = parsed.protocol === 'https:'
  return {
    hostname: parsed.hostname.replaceAll(/^\[|\]$/g, ''),
    port: parsed.port === '' ? (secure ? 443 : 80) : Number(parsed.port),
    secure,
    authority: parsed.host,
    path: `${parsed.pathname}${parsed.search}`,
  }
}
