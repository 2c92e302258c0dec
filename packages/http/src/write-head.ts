import { validateHeaderValue, type ServerResponse } from 'node:http'

/** Whether Node takes a status: where it does not, it throws before anything leaves. */
export const isStatus = (code: number): boolean => Math.trunc(code) >= 100 && code < 1000

/**
 * Puts what was given to `writeHead` onto the response, where the rules can see it.
 *
 * @param message - The reason phrase, or the fields where there is none.
 * @param given - The fields, where there is a reason phrase.
 * @returns `false` where Node throws for what was given.
 */
export function takeHead(
  response: ServerResponse,
  status: unknown,
  message: unknown,
  given: unknown,
): boolean {
  if (response.headersSent || !isStatus(Number(status))) return false
  const fields = given ?? message
  if (Array.isArray(fields) && !Array.isArray(fields[0]) && fields.length % 2 === 1) return false
  response.statusCode = Math.trunc(Number(status))
  if (typeof message === 'string') response.statusMessage = message
  if (!isObject(fields)) return true
  if (!Array.isArray(fields)) {
    for (const name of Object.keys(fields)) {
      const value = fields[name]
      response.setHeader(name, Array.isArray(value) ? value.map(String) : checkValue(name, value))
    }
    return true
  }
  const seen = new Set<string>()
  for (const [name, value] of pairsOf(fields)) {
    const key = name.toLowerCase()
    // Lists of names and values may have a name twice: the lines add up.
    const before = seen.has(key) ? [response.getHeader(key) ?? []].flat().map(String) : []
    seen.add(key)
    const lines = Array.isArray(value) ? value.map(String) : [checkValue(name, value)]
    const all = [...before, ...lines]
    response.setHeader(name, all.length === 1 ? (all[0] ?? '') : all)
  }
  return true
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The fields in either form of a list that `writeHead` takes: flat, or of pairs. */
function pairsOf(fields: readonly unknown[]): [name: string, value: unknown][] {
  const isOfPairs = fields.every(Array.isArray)
  if (isOfPairs) return fields.map(([name, value]: unknown[]) => [String(name), value])
  return Array.from({ length: fields.length / 2 }, (_, index) => [
    String(fields[2 * index]),
    fields[2 * index + 1],
  ])
}

/** @throws TypeError for a value that is missing, as Node does. */
function checkValue(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whatever it is, Node checks it
  validateHeaderValue(name, value as string)
  return String(value)
}
