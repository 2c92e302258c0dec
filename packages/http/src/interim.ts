import type { ServerResponse } from 'node:http'
import { callbackOf } from './head.ts'
import type { SupervisedMethods } from './supervised.ts'

/**
 * Sends an interim answer, but not to a client of HTTP/1.0, nor into the midst of the final answer
 * ([RFC 9110 section 15.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.2)).
 */
function inform(
  response: ServerResponse,
  method: (this: never, ...parameters: never[]) => unknown,
  ...parameters: readonly unknown[]
): void {
  const { httpVersionMajor, httpVersionMinor } = response.req
  if (!response.headersSent && (httpVersionMajor > 1 || httpVersionMinor > 0)) {
    Reflect.apply(method, response, parameters)
    return
  }
  const callback = callbackOf(...parameters)
  if (callback !== undefined) process.nextTick(callback)
}

/** The fields of early hints without those that frame content, of which there is none. */
function withoutFraming(hints: unknown): unknown {
  if (typeof hints !== 'object' || hints === null) return hints
  return Object.fromEntries(
    Object.entries(hints).filter(([name]) => !/^(?:content-length|transfer-encoding)$/i.test(name)),
  )
}

/** The methods of a supervised response that send interim answers. */
export const interimMethods: Pick<
  SupervisedMethods,
  'writeContinue' | 'writeProcessing' | 'writeEarlyHints'
> = {
  writeContinue: (response, { below }, callback) => inform(response, below.writeContinue, callback),
  writeProcessing: (response, { below }, callback) =>
    inform(response, below.writeProcessing, callback),
  writeEarlyHints: (response, { below }, hints, callback) =>
    inform(response, below.writeEarlyHints, withoutFraming(hints), callback),
}
