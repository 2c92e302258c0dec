import Negotiator from 'negotiator'
import { token, trimBlanks, type Field } from './fields.ts'
import { parseMediaType } from './media-type.ts'
import { show } from '@http-semantics/options'
import { checkKeys } from './options.ts'
import { mergeVary } from './vary.ts'

/** A representation to choose from. It may have other members, such as the function that writes it. */
export interface Variant {
  /** Its media type: the value of `Content-Type`. Default: not negotiated. */
  readonly type?: string | undefined
  /** Its language: the value of `Content-Language`, a single tag. Default: not negotiated. */
  readonly language?: string | undefined
  /** Its content coding: the value of `Content-Encoding`, a single coding. Default: `'identity'`, none. */
  readonly encoding?: string | undefined
}

/** What a client would like: the values of the request's fields of these names. */
export interface NegotiationPreferences {
  readonly accept?: string | undefined
  readonly acceptLanguage?: string | undefined
  readonly acceptEncoding?: string | undefined
}

/** How strictly to choose. */
export interface NegotiationOptions {
  /**
   * Whether a client that reads none of the languages gets a 406. Otherwise it gets the first one, which it may well
   * be able to do something with
   * ([RFC 9110 section 12.4.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.4.1)). Default: `false`.
   */
  readonly requireLanguage?: boolean | undefined
}

/** The representation chosen, or none. */
export type Negotiated<V extends Variant> =
  /** This one; `fields` are its `Content-*` and the `Vary` to merge. */
  | {
      readonly action: 'chosen'
      readonly variant: V
      readonly vary: readonly string[]
      readonly fields: readonly Field[]
    }
  /** None will do: answer 406 with the list of the variants. */
  | {
      readonly action: 'not-acceptable'
      readonly status: 406
      readonly variants: readonly V[]
      readonly vary: readonly string[]
      readonly fields: readonly Field[]
    }

const dimensions = [
  ['type', 'Accept', 'Content-Type'],
  ['language', 'Accept-Language', 'Content-Language'],
  ['encoding', 'Accept-Encoding', 'Content-Encoding'],
] as const

const language = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/

function checkVariants(variants: readonly Variant[]): void {
  if (!Array.isArray(variants) || variants.length === 0) {
    throw new TypeError(
      `createNegotiation(): variants must be a list such as [{ type: 'text/html' }], got ${show(variants)}`,
    )
  }
  for (const [index, variant] of variants.entries()) {
    const refuse = (member: keyof Variant, example: string): never => {
      throw new TypeError(
        `createNegotiation(): variants[${index}].${member} must be like '${example}', got ${show(variant[member])}`,
      )
    }
    if (variant.type !== undefined && parseMediaType(variant.type) === undefined) {
      refuse('type', 'text/html; charset=utf-8')
    }
    if (variant.language !== undefined && !language.test(variant.language)) {
      refuse('language', 'zh-TW')
    }
    if (variant.encoding !== undefined && !token.test(variant.encoding)) refuse('encoding', 'gzip')
  }
}

const distinct = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
]

/** `Accept: application/json; charset=utf-8` is to match `application/json`, and content is in UTF-8. */
const spellings = (type: string): string[] =>
  parseMediaType(type)?.parameters.has('charset') ? [type] : [type, `${type}; charset=utf-8`]

/** What negotiator has since 1.0, which its types do not tell yet. */
interface CodingNegotiator {
  encodings(available: readonly string[], options: { preferred: readonly string[] }): string[]
}

/**
 * Language ranges with their primary languages behind them, of the same weight, unless the client names
 * these itself: who reads `zh-Hant-TW` can do something with `zh-TW`
 * ([RFC 4647 section 3.4](https://www.rfc-editor.org/rfc/rfc4647.html#section-3.4) looks up so).
 */
function widen(acceptLanguage: string): string {
  const ranges = acceptLanguage.split(',').map((member) => {
    const [range = '', ...weight] = member.split(';')
    return { range: trimBlanks(range).toLowerCase(), weight: weight.join(';') }
  })
  const named = new Set(ranges.map(({ range }) => range))
  const wider = ranges.flatMap(({ range, weight }) => {
    const [primary = ''] = range.split('-', 1)
    if (named.has(primary) || noWeight.test(weight)) return []
    named.add(primary)
    return [weight === '' ? primary : `${primary};${weight}`]
  })
  return [acceptLanguage, ...wider].join(',')
}

/** What the client does not want at all. */
const noWeight = /^[\t ]*q=0(?:\.0*)?[\t ]*$/i

/** Places in the client's order; what is not in there is not acceptable. */
const places = (order: readonly string[]): ReadonlyMap<string, number> =>
  // From behind, so that the first of several places counts.
  new Map(order.map((value, place) => [value, place] as const).toReversed())

const nowhere = Number.POSITIVE_INFINITY

/**
 * Prepares the choice between representations
 * ([RFC 9110 section 12.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.1)), so that a request costs only the
 * comparison. The media type decides first, then the language, then the coding; in each the client's weights count, and
 * where they are equal its order, and for codings the order of the variants.
 *
 * @param variants - The representations there are, the best first.
 * @param options - See {@link NegotiationOptions}.
 * @returns The function that chooses by a request's fields.
 * @throws TypeError for a wrong variant or option.
 *
 * @example
 * ```ts
 * import { createNegotiation } from '@http-semantics/preconditions'
 *
 * const choose = createNegotiation([{ type: 'text/html' }, { type: 'application/json' }])
 * choose({ accept: 'application/json' })
 * // => {
 * //   action: 'chosen',
 * //   variant: { type: 'application/json' },
 * //   vary: ['Accept'],
 * //   fields: [['Content-Type', 'application/json'], ['Vary', 'Accept']],
 * // }
 * choose({ accept: 'image/png' }).action // => 'not-acceptable'
 * ```
 */
export function createNegotiation<V extends Variant>(
  variants: readonly V[],
  options: NegotiationOptions = {},
): (preferences: NegotiationPreferences) => Negotiated<V> {
  checkVariants(variants)
  checkKeys('createNegotiation(): options', options, ['requireLanguage'])
  const { requireLanguage = false } = options

  const types = distinct(variants.map(({ type }) => type))
  const spelled = new Map(types.flatMap((type) => spellings(type).map((one) => [one, type])))
  const languages = distinct(variants.map((variant) => variant.language))
  const encodings = distinct(variants.map(({ encoding = 'identity' }) => encoding))
  const codings = encodings.filter((encoding) => encoding !== 'identity')
  const allCodings = [...codings, 'identity']
  const vary = dimensions.flatMap(([member, name]) =>
    new Set(variants.map((variant) => variant[member])).size > 1 ? [name] : [],
  )
  const varyFields: Field[] = vary.length > 0 ? [['Vary', mergeVary(undefined, ...vary)]] : []
  // A 406 depends on whatever is declared, also where all variants agree.
  const considered = dimensions.flatMap(([member, name]) =>
    variants.some((variant) => variant[member] !== undefined) ? [name] : [],
  )
  const outcomes = variants.map((variant): Negotiated<V> => {
    const described = dimensions.flatMap(([member, , name]): Field[] => {
      const value = variant[member]
      return value === undefined || (member === 'encoding' && value === 'identity')
        ? []
        : [[name, value]]
    })
    return { action: 'chosen', variant, vary, fields: [...described, ...varyFields] }
  })
  const none: Negotiated<V> = {
    action: 'not-acceptable',
    status: 406,
    variants,
    vary: considered,
    fields: considered.length > 0 ? [['Vary', considered.join(', ')]] : [],
  }

  /** The codings acceptable, the best first. */
  const orderCodings = (acceptEncoding: string | undefined): string[] => {
    // Without the field any coding is acceptable, and none at all the surest (section 12.5.3).
    if (acceptEncoding === undefined) return ['identity', ...codings]
    const negotiator: CodingNegotiator = new Negotiator({
      headers: { 'accept-encoding': acceptEncoding },
    })
    return negotiator.encodings(allCodings, { preferred: allCodings })
  }

  return ({ accept, acceptLanguage, acceptEncoding }) => {
    const negotiator = new Negotiator({
      // An empty list prefers nothing.
      headers: {
        accept: accept || undefined,
        'accept-language': acceptLanguage ? widen(acceptLanguage) : undefined,
      },
    })
    const typePlaces = places(
      negotiator.mediaTypes([...spelled.keys()]).map((one) => spelled.get(one) ?? one),
    )
    const languagePlaces = places(negotiator.languages(languages))
    const codingPlaces = places(orderCodings(acceptEncoding))

    let best: { outcome: Negotiated<V>; rank: readonly number[] } | undefined
    for (const outcome of outcomes) {
      if (outcome.action !== 'chosen') continue
      const { type, language: tag, encoding = 'identity' } = outcome.variant
      const typePlace = type === undefined ? 0 : (typePlaces.get(type) ?? nowhere)
      const codingPlace = codingPlaces.get(encoding) ?? nowhere
      const languagePlace = tag === undefined ? 0 : (languagePlaces.get(tag) ?? nowhere)
      if (typePlace === nowhere || codingPlace === nowhere) continue
      if (requireLanguage && languagePlace === nowhere) continue
      const rank = [typePlace, languagePlace, codingPlace]
      if (best === undefined || isBefore(rank, best.rank)) best = { outcome, rank }
    }
    return best?.outcome ?? none
  }
}

/** Whether one list of places is better than another, the first difference deciding. */
function isBefore(left: readonly number[], right: readonly number[]): boolean {
  for (const [index, place] of left.entries()) {
    const other = right[index] ?? nowhere
    if (place !== other) return place < other
  }
  return false
}

/**
 * Chooses between representations once; where the variants are always the same, prepare the choice with
 * {@link createNegotiation}.
 *
 * @param preferences - What the client would like.
 * @param variants - The representations there are, the best first.
 * @param options - See {@link NegotiationOptions}.
 * @returns The variant chosen, or all of them for a 406.
 * @throws TypeError for a wrong variant or option.
 *
 * @example
 * ```ts
 * import { negotiate } from '@http-semantics/preconditions'
 *
 * negotiate({ acceptLanguage: 'zh' }, [{ language: 'en' }, { language: 'zh-TW' }])
 * // => {
 * //   action: 'chosen',
 * //   variant: { language: 'zh-TW' },
 * //   vary: ['Accept-Language'],
 * //   fields: [['Content-Language', 'zh-TW'], ['Vary', 'Accept-Language']],
 * // }
 * ```
 */
export function negotiate<V extends Variant>(
  preferences: NegotiationPreferences,
  variants: readonly V[],
  options: NegotiationOptions = {},
): Negotiated<V> {
  return createNegotiation(variants, options)(preferences)
}
