/** The directives of a `Cache-Control` field; a comma within quotes divides nothing. */
function directives(value: string): string[] {
  const found: string[] = []
  let start = 0
  let quoted = false
  for (let index = 0; index <= value.length; index++) {
    const character = value[index]
    if (quoted && character === '\\') index++
    else if (character === '"') quoted = !quoted
    else if (character === undefined || (character === ',' && !quoted)) {
      const directive = value.slice(start, index).trim()
      if (directive !== '') found.push(directive)
      start = index + 1
    }
  }
  return found
}

const nameOf = (directive: string): string => directive.replace(/\s*=.*$/s, '').toLowerCase()

const isPublic = (directive: string): boolean =>
  nameOf(directive) === 'public' || nameOf(directive) === 's-maxage'

/**
 * Whether a handler meant its answer for shared caches: it says `public` or `s-maxage`
 * ([RFC 9111 section 5.2.2](https://www.rfc-editor.org/rfc/rfc9111.html#section-5.2.2)).
 */
export function isForSharedCaches(cacheControl: string | undefined): boolean {
  return cacheControl !== undefined && directives(cacheControl).some(isPublic)
}

/**
 * Keeps an answer that depends on a session out of shared caches: `private` instead of `public` and
 * `s-maxage`, the rest as it was. A bare `private` or `no-store` is strict enough.
 *
 * @returns The field's new value, `undefined` where it can stay.
 */
export function restrictCaching(cacheControl: string | undefined): string | undefined {
  if (cacheControl === undefined) return 'private'
  const given = directives(cacheControl)
  const isStrict = given.some((directive) => /^(?:private|no-store)$/i.test(directive))
  if (isStrict && !given.some(isPublic)) return undefined
  if (given.some((directive) => /^no-store$/i.test(directive))) return undefined
  const kept = given.filter((directive) => !isPublic(directive) && nameOf(directive) !== 'private')
  return ['private', ...kept].join(', ')
}
