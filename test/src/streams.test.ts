import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, expect, it } from 'vitest'
import { start, type Handler } from './apps.ts'
import { frameworks } from './hosts.ts'
import { Sources } from './sources.ts'
import { exchange, requestText, send } from './wire.ts'

const raw =
  (handle: (response: ServerResponse) => void): Handler =>
  (reply) =>
    handle(reply.raw())

describe.each(frameworks)('%s', (framework) => {
  it('frees the sources of 1,000 answers whose content goes nowhere', async () => {
    const sources = new Sources()
    const port = await start(framework, {
      routes: [
        ...[204, 205, 304, 103, 206].map(
          (status) =>
            [
              'GET',
              `/${status}`,
              raw((response) => {
                response.statusCode = status
                sources.stream().pipe(response)
              }),
            ] as const,
        ),
        [
          'GET',
          '/pipeline',
          raw((response) => {
            response.statusCode = 205
            void pipeline(sources.stream(), response).catch(() => undefined)
          }),
        ],
        [
          'GET',
          '/generator',
          raw((response) => {
            response.statusCode = 101
            void pipeline(sources.generator(), response).catch(() => undefined)
          }),
        ],
        [
          'GET',
          '/writeHead',
          raw((response) => {
            response.writeHead(103)
            sources.stream().pipe(response)
          }),
        ],
      ],
      rules: { onViolation: 'repair' },
    })
    const targets = ['204', '205', '304', '103', '206', 'pipeline', 'generator', 'writeHead']
    for (let batch = 0; batch < 25; batch += 1) {
      // The 500s close the connection, each has one of its own.
      await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          send(port, { method: 'GET', target: `/${targets[index % targets.length]}` }),
        ),
      )
    }
    await expect.poll(() => sources.live).toBe(0)
    expect(sources.made).toBe(1000)
  })

  const failing = (): Readable => {
    const source = new Readable({ read: () => undefined })
    source.on('error', () => undefined)
    source.push('part')
    setTimeout(() => source.destroy(new Error('the disk is gone')), 20)
    return source
  }

  it.each<[string, Handler]>([
    ['sent', (reply) => reply.send(200, failing())],
    ['piped', raw((response) => void failing().pipe(response))],
    ['in a pipeline', raw((response) => void pipeline(failing(), response).catch(() => undefined))],
  ])('cuts the connection where a source fails halfway: %s', async (_case, handler) => {
    const port = await start(framework, { routes: [['GET', '/', handler]] })
    const bytes = await exchange(port, requestText({ method: 'GET', target: '/' }))
    expect(bytes).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n4\r\npart\r\n$/)
  })
})
