import { token } from './fields.ts'
import { show } from '@http-semantics/options'

/** A link to something else, as in a `Link` field. */
export interface Link {
  /** What it points to: a URI reference such as `/style.css`. */
  readonly target: string
  /** How the two are related: `'preload'`, `'preconnect'`, `'next'`; several with blanks between. */
  readonly rel: string
  /** Further parameters, such as `as`, `type`, `crossorigin`; `true` for one without a value. Default: none. */
  readonly parameters?: Readonly<Record<string, string | true | undefined>> | undefined
}

/** The characters of RFC 3986, percent-encoding included. */
const uriReference = /^(?:[\w\-.~!$&'()*+,;=:@/?#[\]]|%[\da-fA-F]{2})+$/
const quotable = /^[ -~]*$/

function parameter(name: string, value: string | true): string {
  if (!token.test(name)) {
    throw new TypeError(`linkValue(): a parameter's name must be like 'as', got ${show(name)}`)
  }
  if (value === true) return `; ${name}`
  if (typeof value !== 'string' || !quotable.test(value)) {
    throw new TypeError(`linkValue(): ${name} must be a text in ASCII, got ${show(value)}`)
  }
  const text = token.test(value) ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
  return `; ${name}=${text}`
}

/**
 * The value of a `Link` field ([RFC 8288 section 3](https://www.rfc-editor.org/rfc/rfc8288.html#section-3)), for answers
 * and for Early Hints ([RFC 8297](https://www.rfc-editor.org/rfc/rfc8297.html)). Values go without quotes where they can.
 * Node's `writeEarlyHints()` takes no quoted value with a blank, a quote or a semicolon in it.
 *
 * @param link - See {@link Link}.
 * @returns The field value; join several with `', '`.
 * @throws TypeError for a target that is no URI reference, or a relation or parameter that cannot be written.
 *
 * @example
 * ```ts
 * import { linkValue } from '@http-semantics/preconditions'
 *
 * linkValue({ target: '/style.css', rel: 'preload', parameters: { as: 'style' } })
 * // => '</style.css>; rel=preload; as=style'
 * ```
 */
export function linkValue({ target, rel, parameters = {} }: Link): string {
  if (typeof target !== 'string' || !uriReference.test(target)) {
    throw new TypeError(
      `linkValue(): target must be a URI reference such as '/style.css', got ${show(target)}`,
    )
  }
  if (typeof rel !== 'string' || rel === '') {
    throw new TypeError(`linkValue(): rel must be a relation such as 'preload', got ${show(rel)}`)
  }
  const further = Object.entries(parameters).map(([name, value]) => {
    if (name.toLowerCase() === 'rel') {
      throw new TypeError(`linkValue(): parameters must not have ${show(name)}; give rel instead`)
    }
    return value === undefined ? '' : parameter(name, value)
  })
  return `<${target}>${parameter('rel', rel)}${further.join('')}`
}
