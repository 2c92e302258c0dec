import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'

const { prototype } = ServerResponse
// oxlint-disable-next-line typescript/unbound-method -- put back
const { writeHead, end } = prototype

afterEach(() => {
  Object.assign(prototype, { writeHead, end })
  vi.resetModules()
})

const newResponse = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()))

/** Whether the methods of a response count as those of Node, by a module that is loaded now. */
async function areOwn(response: ServerResponse): Promise<boolean> {
  vi.resetModules()
  const { isOwnOfNode, methodsOf } = await import('./response-methods.ts')
  return isOwnOfNode(methodsOf(response))
}

/** Puts a method in place of Node's that calls it, under its name, as tracers do. */
function patch(name: 'writeHead' | 'end', ahead: (response: ServerResponse) => unknown): void {
  const original = prototype[name]
  const wrapper = function (this: ServerResponse, ...parameters: unknown[]): unknown {
    ahead(this)
    return Reflect.apply(original, this, parameters)
  }
  Object.defineProperties(wrapper, {
    name: { value: original.name },
    length: { value: original.length },
  })
  Object.assign(prototype, { [name]: wrapper })
}

describe('the methods of a response', () => {
  it('are Node’s own where nobody has wrapped them', async () => {
    expect(await areOwn(newResponse())).toBe(true)
  })

  it('are not where one of them is wrapped', async () => {
    const response = newResponse()
    expect(await areOwn(Object.assign(response, { end: end.bind(response) }))).toBe(false)
  })

  it.each(['writeHead', 'end'] as const)(
    'are not where somebody has wrapped %s of all responses before',
    async (name) => {
      patch(name, () => undefined)
      expect(await areOwn(newResponse())).toBe(false)
    },
  )
})

it('a wrapper that wants a connection keeps nobody from loading the package', async () => {
  patch('writeHead', (response) => {
    if (response.socket === null) throw new TypeError('no connection')
  })
  const { nodeStore } = await import('./leading-lines.ts')
  expect(nodeStore).toBeUndefined()
})
