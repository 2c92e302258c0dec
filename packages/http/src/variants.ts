import type { IncomingHttpHeaders } from 'node:http'
import {
  mergeVary,
  type Negotiated,
  type NegotiationPreferences,
  type Variant,
} from '@http-semantics/preconditions'
import type { HttpError } from 'http-errors'
import type { ResponseHead } from './answer.ts'
import { createRefusal } from './refusal.ts'

/** A prepared choice between representations, as `createNegotiation()` makes it. */
export type Negotiation<V extends Variant> = (preferences: NegotiationPreferences) => Negotiated<V>

/** The choice that came to nothing. */
type Refused = Extract<Negotiated<Variant>, { readonly action: 'not-acceptable' }>

/** The header fields of a request that {@link chooseVariant} reads. */
export type NegotiationHeaders = Pick<
  IncomingHttpHeaders,
  'accept' | 'accept-language' | 'accept-encoding'
>

/**
 * Chooses a representation and puts what describes it onto the answer: `Content-Type`,
 * `Content-Language`, `Content-Encoding`, and the request fields it depends on into `Vary`, where
 * each stands once and nothing gets lost
 * ([RFC 9110 section 12.5.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.5)).
 *
 * @param choose - The prepared choice.
 * @param headers - The request's header fields.
 * @param head - The header section of the answer.
 * @returns The variant to send.
 * @throws A 406 that lists the variants, as an `http-errors` object.
 */
export function chooseVariant<V extends Variant>(
  choose: Negotiation<V>,
  headers: NegotiationHeaders,
  head: Pick<ResponseHead, 'getHeader' | 'setHeader'>,
): V {
  const outcome = choose({
    accept: headers.accept,
    acceptLanguage: headers['accept-language'],
    acceptEncoding: [headers['accept-encoding']].flat()[0],
  })
  if (outcome.vary.length > 0) {
    const present = [head.getHeader('Vary')].flat().filter((line) => typeof line === 'string')
    head.setHeader('Vary', mergeVary(present.join(', '), ...outcome.vary))
  }
  if (outcome.action === 'not-acceptable') throw notAcceptable(outcome)
  for (const [name, value] of outcome.fields) {
    if (name !== 'Vary') head.setHeader(name, value)
  }
  return outcome.variant
}

/**
 * A 406 that lists what there is, in its message and, member by member, in the problem document
 * ([RFC 9110 section 15.5.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.7)).
 */
export function notAcceptable({ variants, vary }: Refused): HttpError {
  // What else a variant has, such as the function that writes it, is nobody's business.
  const listed = variants.map(({ type, language, encoding }) => ({ type, language, encoding }))
  // By their parameters media types differ for those who want to know.
  const types = listed.map(({ type }) => type?.split(';', 1)[0])
  const names = [types, listed.map(({ language }) => language), listed.map((one) => one.encoding)]
    .map((values) => new Set(values.filter((value) => value !== undefined)))
    .find(({ size }) => size > 0)
  return createRefusal(406, `There is ${[...(names ?? [])].join(', ')}`, {
    headers: { Vary: vary.join(', ') },
    problem: { variants: listed },
  })
}
