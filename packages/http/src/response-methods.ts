import { ServerResponse } from 'node:http'

/** The methods of a response by which its header section leaves. */
export type ResponseMethods = Pick<
  ServerResponse,
  | 'writeHead'
  | 'write'
  | 'end'
  | 'flushHeaders'
  | 'writeContinue'
  | 'writeProcessing'
  | 'writeEarlyHints'
>

const read = (response: ResponseMethods): ResponseMethods => ({
  // oxlint-disable typescript/unbound-method -- called on the response
  writeHead: response.writeHead,
  write: response.write,
  end: response.end,
  flushHeaders: response.flushHeaders,
  writeContinue: response.writeContinue,
  writeProcessing: response.writeProcessing,
  writeEarlyHints: response.writeEarlyHints,
  // oxlint-enable typescript/unbound-method
})

/** Those of a response that nobody has wrapped. */
export const nodeMethods: ResponseMethods = read(ServerResponse.prototype)

/** The methods as they are now, to be called on the response alone: {@link nodeMethods} where they are those. */
export function methodsOf(response: ResponseMethods): ResponseMethods {
  const isNodes =
    response.writeHead === nodeMethods.writeHead &&
    response.write === nodeMethods.write &&
    response.end === nodeMethods.end &&
    response.flushHeaders === nodeMethods.flushHeaders &&
    response.writeContinue === nodeMethods.writeContinue &&
    response.writeProcessing === nodeMethods.writeProcessing &&
    response.writeEarlyHints === nodeMethods.writeEarlyHints
  return isNodes ? nodeMethods : read(response)
}
