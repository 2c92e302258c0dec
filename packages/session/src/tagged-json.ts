import { types } from 'node:util'
import { formatDate, parseDate } from './dates.ts'
import {
  type Builder,
  compareCodePoints,
  formatFloat,
  JsonReader,
  type Members,
  quoteAscii,
} from './json-text.ts'
import { Float, Markup, Tuple, Uuid } from './values.ts'

/** How deep a value may be nested to be written: each level may become two, and Flask reads 497. */
const deepest = 200

/**
 * Reads the JSON of a session: an object whose keys are those of the session. Each value stays the
 * text it is, for {@link decodeValue}, which takes every one of them; a value that nobody changes can
 * be written back as it came.
 *
 * @throws SyntaxError where Flask could not read the text either, and for what Flask reads though it
 * never writes it: a list of pairs, more than 1,000 levels, and tags around values of a wrong kind.
 *
 * @example
 * ```ts
 * import { parseSession } from '@http-semantics/session'
 *
 * parseSession('{"user_id":42,"seen":{" t":[1,2.0]}}').get('seen') // => '{" t":[1,2.0]}'
 * ```
 */
export const parseSession = (text: string): Map<string, string> => readSession(text).texts

/** The same with the value of each key, as {@link decodeValue} makes it of the text. */
export function readSession(text: string): Members {
  const members = readerOf(text).members()
  const [[key, value] = []] = members.texts
  if (members.texts.size !== 1 || key === undefined || value === undefined || !tags.has(key)) {
    return members
  }
  if (key !== ' di') throw new SyntaxError('session: the JSON text is no object but a tagged value')
  const { texts, values } = readerOf(value).members()
  const [[inner = '', innerText = ''] = []] = texts
  if (texts.size !== 1 || tags.has(inner)) throw new SyntaxError(wrong(' di'))
  const name = withoutSuffix(inner)
  return { texts: new Map([[name, innerText]]), values: new Map([[name, values.get(inner)]]) }
}

/**
 * Writes the JSON of a session, the very text that Flask writes: keys sorted by code point.
 *
 * @param entries - The JSON text of each key's value, from {@link encodeValue} or {@link parseSession}.
 *
 * @example
 * ```ts
 * import { encodeValue, formatSession } from '@http-semantics/session'
 *
 * formatSession(new Map([['name', encodeValue('Zoë')], ['id', '42']])) // => '{"id":42,"name":"Zo\\u00eb"}'
 * ```
 */
export function formatSession(entries: ReadonlyMap<string, string>): string {
  return formatDict(Array.from(entries))
}

/**
 * Reads one value of a session. Objects have no prototype, so that `__proto__` and `constructor` are
 * keys like others; whole numbers beyond 2⁵³ are bigints, other Python types are {@link Tuple},
 * {@link Float}, {@link Markup}, {@link Uuid}, `Date` and `Uint8Array`. A time that Flask cannot read
 * is null, as in Flask.
 *
 * @param text - JSON text.
 * @throws SyntaxError for a text that {@link parseSession} would not have given.
 *
 * @example
 * ```ts
 * import { decodeValue } from '@http-semantics/session'
 *
 * decodeValue('{" d":"Thu, 29 Feb 2024 00:00:00 GMT"}') // => new Date('2024-02-29T00:00:00Z')
 * decodeValue('18446744073709551615') // => 18446744073709551615n
 * ```
 */
export function decodeValue(text: string): unknown {
  return readerOf(text).document()
}

/**
 * Writes one value of a session: what {@link decodeValue} reads, besides Maps with text keys as
 * objects, and objects with `toJSON` as what that returns. Whole numbers beyond ±(2⁵³ − 1) are floats
 * to Flask; give a bigint for an int. Members that are undefined are left out, and undefined in an
 * array is null, as in `JSON.stringify`. Times lose what is less than a second.
 *
 * @param value - The value.
 * @param name - What to call it in an error.
 * @throws TypeError for what would come back as something else: functions, symbols, undefined,
 * instances of classes without `toJSON`, Sets, invalid dates and those outside the years 100 to 9999,
 * and for what is nested in itself or deeper than 200 levels. It names the path.
 *
 * @example
 * ```ts
 * import { encodeValue } from '@http-semantics/session'
 *
 * encodeValue({ b: 1.5, a: [true, null] }) // => '{"a":[true,null],"b":1.5}'
 * encodeValue(new Date(0)) // => '{" d":"Thu, 01 Jan 1970 00:00:00 GMT"}'
 * ```
 */
export function encodeValue(value: unknown, name = 'value'): string {
  return encode(value, { step: name, depth: 0 })
}

const builder: Builder = {
  dict: untag,
  float: (value) => (isWhole(value) ? new Float(value) : value),
}

const readerOf = (text: string): JsonReader => new JsonReader(text, builder)

/** Whether a plain number stands for an int of Python; others stand for floats. */
const isWhole = (value: number): boolean => Number.isSafeInteger(value) && !Object.is(value, -0)

const wrong = (tag: string): string => `session: a wrong value has the tag '${tag}'`

/** What stands for a value of Python in JSON is an object with one key: its tag. */
const tags: ReadonlyMap<string, (value: unknown) => unknown> = new Map([
  [' di', untagDict],
  [' t', (value: unknown) => (Array.isArray(value) ? Tuple.from(value) : undefined)],
  [' b', untagBytes],
  [' m', (value: unknown) => (typeof value === 'string' ? new Markup(value) : undefined)],
  [' u', untagUuid],
  [' d', (value: unknown) => (typeof value === 'string' ? parseDate(value) : undefined)],
])

function untag(members: Record<string, unknown>, firstKey: string): unknown {
  const read = firstKey.startsWith(' ') ? tags.get(firstKey) : undefined
  if (read === undefined || Object.keys(members).length !== 1) return members
  const value = read(members[firstKey])
  if (value === undefined) throw new SyntaxError(wrong(firstKey))
  return value
}

/** An object with one key that looks like a tag, but was a key of the user's. */
function untagDict(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== null) return
  const [[key, inner] = [], ...more] = Object.entries(value)
  if (key === undefined || more.length > 0) return
  const dict: Record<string, unknown> = Object.create(null)
  dict[withoutSuffix(key)] = inner
  return dict
}

const withoutSuffix = (key: string): string => Array.from(key).slice(0, -2).join('')

function untagBytes(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string') return
  // Python skips what is not of the alphabet, and wants the padding.
  const digits = value.replaceAll(/[^\w+/=]|_/g, '')
  return base64.test(digits) ? new Uint8Array(Buffer.from(digits, 'base64')) : undefined
}

const base64 = /^(?:[\dA-Za-z+/]{4})*(?:[\dA-Za-z+/]{2}==|[\dA-Za-z+/]{3}=)?$/

function untagUuid(value: unknown): Uuid | undefined {
  try {
    return new Uuid(String(value))
  } catch {
    return undefined
  }
}

/** Where a value is: the step that leads to it, after those that lead to what it is in. */
interface Place {
  readonly step: string | number
  readonly around?: Place
  /** How many objects it is in. */
  readonly depth: number
  /** The object at this place, for what is in it. */
  readonly object?: object
}

function encode(value: unknown, place: Place): string {
  switch (typeof value) {
    case 'string':
      return quoteAscii(value)
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'number':
      return isWhole(value) ? String(value) : formatFloat(value)
    case 'object':
      return value === null ? 'null' : encodeObject(value, place)
    case 'undefined':
      return refuse(place, 'undefined')
    default:
      return refuse(place, `a ${typeof value}`)
  }
}

function encodeObject(value: object, place: Place): string {
  if (!Array.isArray(value) && !isPlain(value)) {
    const text = encodeInstance(value, place)
    if (text !== undefined) return text
  }
  for (let outer = place.around; outer !== undefined; outer = outer.around) {
    if (outer.object === value) refuse(place, 'an object that it is in itself')
  }
  if (place.depth >= deepest) refuse(place, `nested deeper than ${deepest} levels`)
  const around = { ...place, object: value }
  if (Array.isArray(value)) {
    const items: string[] = []
    for (let step = 0; step < value.length; step += 1) {
      const item: unknown = value[step]
      const inside = { step, around, depth: place.depth + 1 }
      items.push(item === undefined ? 'null' : encode(item, inside))
    }
    return value instanceof Tuple ? `{" t":[${items.join(',')}]}` : `[${items.join(',')}]`
  }
  if (types.isMap(value)) return encodeMembers(value, around)
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return encode(value.toJSON(), { step: '.toJSON()', around, depth: place.depth + 1 })
  }
  if (!isPlain(value)) refuse(place, `an instance of ${classOf(value)} without toJSON`)
  return encodeMembers(Object.entries(value), around)
}

/** An instance of a class that has a tag, or is a number of its own. */
function encodeInstance(value: object, place: Place): string | undefined {
  if (value instanceof Float) return formatFloat(value.value)
  if (value instanceof Markup) return `{" m":${quoteAscii(value.html)}}`
  if (value instanceof Uuid) return `{" u":"${value.hex}"}`
  if (value instanceof Uint8Array) return `{" b":"${asBuffer(value).toString('base64')}"}`
  if (types.isDate(value)) {
    return `{" d":"${formatDate(value) ?? refuse(place, 'a date outside the years 100 to 9999')}"}`
  }
  return undefined
}

function encodeMembers(members: Iterable<[unknown, unknown]>, around: Place): string {
  const entries: [string, string][] = []
  for (const [key, value] of members) {
    if (value === undefined) continue
    if (typeof key !== 'string') refuse(around, 'a Map with a key that is no string')
    const place = { step: `.${key}`, around, depth: around.depth + 1 }
    entries.push([key, encode(value, place)])
  }
  return formatDict(entries)
}

function formatDict(entries: readonly [string, string][]): string {
  const [first] = entries
  if (entries.length === 1 && first !== undefined && tags.has(first[0])) {
    return `{" di":{${quoteAscii(`${first[0]}__`)}:${first[1]}}}`
  }
  const members = entries
    .toSorted(([left], [right]) => compareCodePoints(left, right))
    .map(([name, text]) => `${quoteAscii(name)}:${text}`)
  return `{${members.join(',')}}`
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

/** Whether an object is of no class, in whichever realm it was made. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** The name of an object's class, which a prototype made by hand need not have. */
const classOf = ({ constructor }: { readonly constructor?: unknown }): string =>
  typeof constructor === 'function' ? constructor.name : 'a class'

function refuse(place: Place, what: string): never {
  const steps: string[] = []
  for (let at: Place | undefined = place; at !== undefined; at = at.around) {
    steps.unshift(typeof at.step === 'number' ? `[${at.step}]` : at.step)
  }
  const path = steps.length > 10 ? `${steps.slice(0, 10).join('')}…` : steps.join('')
  throw new TypeError(`${path} cannot be kept in a session: it is ${what}`)
}
