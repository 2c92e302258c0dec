import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

/** The fields of a response by name in lower case, each with its name as it is sent. */
export type OutFields = Readonly<Record<string, OutField>>

type OutField = readonly [name: string, value: number | string | readonly string[]]

const isOutFields = (value: unknown): value is Record<string, OutField> =>
  typeof value === 'object' && value !== null

/**
 * Where a response of Node keeps its fields, `undefined` where that has changed: the only way to see
 * them all without a copy, which takes longer than to keep the rules (decision 020).
 */
export const outFieldsKey: symbol | undefined = findKey()

function findKey(): symbol | undefined {
  const probe = new ServerResponse(new IncomingMessage(new Socket()))
  const key = Object.getOwnPropertySymbols(probe).find(
    ({ description }) => description === 'kOutHeaders',
  )
  if (key === undefined) return undefined
  probe.setHeader('X-One', '1')
  probe.setHeader('X-Two', ['2', '3'])
  const kept: unknown = Reflect.get(probe, key)
  return JSON.stringify(kept) === '{"x-one":["X-One","1"],"x-two":["X-Two",["2","3"]]}'
    ? key
    : undefined
}

// oxlint-disable-next-line typescript/no-unsafe-assignment -- an object that inherits nothing
const nothing: OutFields = Object.create(null)

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
  // oxlint-disable-next-line typescript/no-unsafe-assignment -- an object that inherits nothing
  const fields: Record<string, OutField> = Object.create(null)
  // A response of HTTP/2, for one, keeps them elsewhere.
  for (const [name, value] of Object.entries(response.getHeaders())) {
    if (value !== undefined) fields[name] = [name, value]
  }
  return fields
}

/**
 * Sets a field of which name and value are known to be right, before the header section is written: in
 * a fourth of the time that `setHeader` takes, which checks both.
 *
 * @param key - The field's name in lower case.
 * @param field - Its name as it is to be sent, and its value. Whoever adds a line to it changes it.
 * @param fieldsKey - Default: {@link outFieldsKey}.
 */
export function setOutField(
  response: ServerResponse,
  key: string,
  field: [name: string, value: string],
  fieldsKey: symbol | undefined = outFieldsKey,
): void {
  const kept = keptBy(response, fieldsKey)
  if (isOutFields(kept) && !response.headersSent) kept[key] = field
  else response.setHeader(...field)
}

/** By index rather than by `Reflect.get`, for which V8 does not remember where it is. */
const keptBy = (response: ServerResponse, key: symbol | undefined): unknown =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  key === undefined ? undefined : (response as unknown as Record<symbol, unknown>)[key]
