import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

/** The fields of a response by name in lower case, each with its name as it is sent. */
export type OutFields = Readonly<Record<string, OutField>>

type OutField = readonly [name: string, value: number | string | readonly string[]]

const isOutFields = (value: unknown): value is Record<string, OutField> =>
  typeof value === 'object' && value !== null

/**
 * What fields are put into: it inherits nothing, as what Node uses. That is an object of which V8 makes
 * a dictionary from the first, in which to set five fields and to go through them takes three times as
 * long (decision 020).
 */
class Fields {
  [name: string]: OutField
}
Object.setPrototypeOf(Fields.prototype, null)
Reflect.deleteProperty(Fields.prototype, 'constructor')

/**
 * Where a response of Node keeps its fields, `undefined` where that has changed: the only way to see
 * them all without a copy, which takes longer than to keep the rules (decision 020).
 */
export const outFieldsKey: symbol | undefined = findKey()

function findKey(): symbol | undefined {
  const probe = newProbe()
  const key = Object.getOwnPropertySymbols(probe).find(
    ({ description }) => description === 'kOutHeaders',
  )
  if (key === undefined || Reflect.get(probe, key) !== null) return undefined
  const own = newProbe()
  Reflect.set(own, key, new Fields())
  const texts = [probe, own].map((response) => {
    response.setHeader('X-One', '1')
    response.setHeader('X-Two', ['2', '3'])
    response.setHeader('X-Three', '3').removeHeader('X-Three')
    const kept: unknown = Reflect.get(response, key)
    return JSON.stringify([kept, response.getHeaders(), response.getHeaderNames()])
  })
  const wanted = [
    { 'x-one': ['X-One', '1'], 'x-two': ['X-Two', ['2', '3']] },
    { 'x-one': '1', 'x-two': ['2', '3'] },
    ['x-one', 'x-two'],
  ]
  return texts.every((text) => text === JSON.stringify(wanted)) ? key : undefined
}

function newProbe(): ServerResponse {
  return new ServerResponse(new IncomingMessage(new Socket()))
}

/**
 * Has a response without any field put them where they are set and read faster.
 *
 * @param key - Default: {@link outFieldsKey}.
 */
export function prepareFields(
  response: ServerResponse,
  key: symbol | undefined = outFieldsKey,
): void {
  if (key === undefined) return
  const members = membersOf(response)
  if (members[key] === null) members[key] = new Fields()
}

const nothing: OutFields = new Fields()

/**
 * The fields of a response as they are now; not to be kept, since they may change with the response.
 *
 * @param key - Default: {@link outFieldsKey}.
 */
export function outFieldsOf(
  response: ServerResponse,
  key: symbol | undefined = outFieldsKey,
): OutFields {
  const kept = keptBy(response, key)
  // There is none while no field has been set.
  if (kept === null) return nothing
  if (isOutFields(kept)) return kept
  const fields = new Fields()
  // A response of HTTP/2, for one, keeps them elsewhere.
  for (const [name, value] of Object.entries(response.getHeaders())) {
    if (value !== undefined) fields[name] = [name, value]
  }
  return fields
}

const keptBy = (response: ServerResponse, key: symbol | undefined): unknown =>
  key === undefined ? undefined : membersOf(response)[key]

/** What `Reflect.get` would look at; by an index V8 remembers where it is. */
const membersOf = (response: ServerResponse): Record<symbol, unknown> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  response as unknown as Record<symbol, unknown>
