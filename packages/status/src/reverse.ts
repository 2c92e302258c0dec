import { statusName, type ReasonPhrase, type StatusName } from './phrase.ts'
import { statusCodes } from './registered.ts'
import { registry, type StatusCode } from './registry.ts'

type Registry = typeof registry

/** What the registry writes where a reserved code has no phrase. */
const unused = '(Unused)'

/** Phrases of older specifications, by code. */
type OldPhrases = {
  [Code in StatusCode]: Registry[Code] extends { was: readonly (infer Phrase)[] } ? Phrase : never
}

/** Every text a code goes by. */
type Texts = {
  [Code in StatusCode]:
    | StatusName<Code>
    | Exclude<ReasonPhrase<Code>, typeof unused>
    | OldPhrases[Code]
}

/** Phrases of older specifications, such as `Payload Too Large`. */
export type OldReasonPhrase = OldPhrases[StatusCode]

/** What `statusCode` surely finds: every name, every phrase and every old phrase. */
export type StatusText = Texts[StatusCode]

/** The code that goes by a text: `StatusCodeOf<'Not Found'>` is `404`. */
export type StatusCodeOf<Text extends StatusText> = {
  [Code in StatusCode]: Text extends Texts[Code] ? Code : never
}[StatusCode]

const codes: ReadonlyMap<string, StatusCode> = new Map(statusCodes.flatMap(entries))

/** Every text a code goes by, in lower case. */
function entries(code: StatusCode): (readonly [string, StatusCode])[] {
  const { phrase, was = [] }: { phrase: string; was?: readonly string[] } = registry[code]
  return [statusName(code), phrase, ...was]
    .filter((text) => text !== unused)
    .map((text) => [text.toLowerCase(), code] as const)
}

/**
 * The code for the name of a constant, a reason phrase, or a reason phrase of old; `undefined` when
 * no registered code goes by that text. Upper and lower case are the same.
 *
 * `(Unused)`, the phrase of two reserved codes, stands for neither.
 *
 * @example
 * statusCode('Not Found') // => 404
 * statusCode('NotFound') // => 404
 * statusCode('Payload Too Large') // => 413
 * statusCode('No Such Thing') // => undefined
 */
export function statusCode<Text extends StatusText>(text: Text): StatusCodeOf<Text>
export function statusCode(text: string): StatusCode | undefined
export function statusCode(text: string): StatusCode | undefined {
  return codes.get(text.toLowerCase())
}
