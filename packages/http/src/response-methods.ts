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

/** Those of a response of HTTP/1 that nobody has wrapped since this module was loaded. */
const nodeMethods: ResponseMethods = read(ServerResponse.prototype)

/**
 * Whether they are Node's own: a tracer may have put its own in their place before. By their texts, since such
 * wrappers take over the name and the number of parameters; where those of Node change, they count as wrapped.
 */
const areOwn = (['writeHead', 'write', 'end', 'flushHeaders'] as const).every((name) =>
  /_storeHeader|write_\(|_implicitHeader/.test(
    Function.prototype.toString.call(Reflect.get(nodeMethods, name)),
  ),
)

/** Whether methods are Node's own for HTTP/1, so that nobody comes between them and the header section. */
export const isOwnOfNode = (methods: ResponseMethods | undefined): boolean =>
  areOwn && methods === nodeMethods

/** The methods as they are now, to be called on the response alone; one object for those of Node. */
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
