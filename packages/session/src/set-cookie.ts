/** What a browser is told of a cookie, besides name, value and when it ends. */
export interface CookieAttributes {
  readonly name: string
  readonly domain: string | undefined
  readonly path: string
  readonly httpOnly: boolean
  readonly sameSite: 'Lax' | 'Strict' | 'None' | undefined
  readonly partitioned: boolean
}

/** 400 days in seconds: browsers cut any longer `Expires` (RFC 6265bis section 5.5). */
export const longestLifetime = 34_560_000

/** Browsers ignore a cookie whose name and value have more octets (RFC 6265bis section 5.6). */
export const longestNameAndValue = 4096

const epoch = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0'

/**
 * Writes the `Set-Cookie` fields of one cookie, attributes in the order Flask has them: Domain,
 * Expires, Max-Age, Secure, HttpOnly, Path, SameSite, Partitioned. What never changes is put
 * together once.
 */
export class SetCookie {
  readonly #start: string
  readonly #domain: string
  readonly #end: string

  constructor(attributes: CookieAttributes) {
    const { name, domain, path, httpOnly, sameSite, partitioned } = attributes
    this.#start = `${name}=`
    this.#domain = domain === undefined ? '' : `; Domain=${domain}`
    this.#end = [
      httpOnly ? '; HttpOnly' : '',
      `; Path=${path}`,
      sameSite === undefined ? '' : `; SameSite=${sameSite}`,
      partitioned ? '; Partitioned' : '',
    ].join('')
  }

  /**
   * @param value - As it stands in the cookie; nothing is encoded.
   * @param expires - Seconds since 1970; without it, the cookie goes with the browser's session.
   */
  write(value: string, secure: boolean, expires: number | undefined): string {
    const end = expires === undefined ? '' : `; Expires=${new Date(expires * 1000).toUTCString()}`
    return `${this.#start}${value}${this.#domain}${end}${secure ? '; Secure' : ''}${this.#end}`
  }

  /** The field that deletes the cookie. */
  remove(secure: boolean): string {
    return `${this.#start}${this.#domain}; ${epoch}${secure ? '; Secure' : ''}${this.#end}`
  }
}
