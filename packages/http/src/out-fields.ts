import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

/** The fields of a response by name in lower case, each with its name as it is sent. */
export type OutFields = Readonly<
  Record<string, readonly [name: string, value: number | string | readonly string[]]>
>

const isOutFields = (value: unknown): value is OutFields =>
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
  const kept: unknown = key === undefined ? undefined : Reflect.get(response, key)
  // There is none while no field has been set.
  if (kept === null) return nothing
  if (isOutFields(kept)) return kept
  // oxlint-disable-next-line typescript/no-unsafe-assignment -- an object that inherits nothing
  const fields: Record<string, OutFields[string]> = Object.create(null)
  // A response of HTTP/2, for one, keeps them elsewhere.
  for (const [name, value] of Object.entries(response.getHeaders())) {
    if (value !== undefined) fields[name] = [name, value]
  }
  return fields
}
