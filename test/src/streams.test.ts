import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { routes, start, type Handler } from './apps.ts'
import { frameworks } from './hosts.ts'
import { Sources } from './sources.ts'
import { listen } from './violations.ts'
import { exchange, pipeline as pipelineOf, requestText, send } from './wire.ts'

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

  it('answers 500 where the only source closes before its first byte', async () => {
    const handler = raw((response) => {
      const source = new Readable({ read: () => undefined })
      response.setHeader('Content-Length', '9')
      source.pipe(response)
      source.destroy()
    })
    const port = await start(framework, { routes: [['GET', '/', handler]] })
    const answer = await send(port, { method: 'GET', target: '/' })
    expect(answer).toMatchObject({
      status: 500,
      content: '{"title":"Internal Server Error","status":500}',
    })
  })

  it('leaves it to a handler which other source it takes', async () => {
    const handler = raw((response) => {
      const source = new Readable({ read: () => undefined })
      source.once('error', () => setTimeout(() => Readable.from(['other']).pipe(response), 20))
      source.pipe(response)
      source.destroy(new Error('the disk is gone'))
    })
    const port = await start(framework, { routes: [['GET', '/', handler]] })
    expect(await send(port, { method: 'GET', target: '/' })).toMatchObject({
      status: 200,
      content: 'other',
    })
  })

  it.each(['HEAD', 'GET'])(
    'keeps the connection where content goes nowhere: %s',
    async (method) => {
      const handle = async (response: ServerResponse): Promise<void> => {
        if (method === 'GET') response.statusCode = 304
        await pipeline(Readable.from(['a', 'b']), response)
      }
      const handler: Handler = (reply) => {
        const handled = handle(reply.raw())
        // Express and Koa take what the handler rejects with; of a hijacked reply, nobody does.
        return framework === 'fastify' ? void handled.catch(() => undefined) : handled
      }
      const port = await start(framework, {
        routes: [['GET', '/', handler], ...routes('GET /next')],
      })
      const answers = await pipelineOf(port, [
        { method, target: '/' },
        { method: 'GET', target: '/next' },
      ])
      expect(answers.map(({ content }) => content)).toEqual(['', 'GET /next'])
    },
  )

  it('takes any number of sources one after the other', async () => {
    const warnings: Error[] = []
    const onWarning = (warning: Error): void => void warnings.push(warning)
    process.on('warning', onWarning)
    onTestFinished(() => void process.off('warning', onWarning))
    const handler = raw((response) => {
      const next = (left: number): void => {
        const source = Readable.from([`${left} `])
        source.pipe(response, { end: left === 1 })
        if (left > 1) source.once('end', () => next(left - 1))
      }
      response.setHeader('Content-Type', 'text/plain')
      next(30)
    })
    const port = await start(framework, { routes: [['GET', '/', handler]] })
    const { content } = await send(port, { method: 'GET', target: '/' })
    expect(content.split(' ')).toHaveLength(31)
    expect(warnings).toEqual([])
  })

  describe('content of another length than was said', () => {
    const long = 'as long as that'
    /** What may follow on the same connection, if anything does. */
    const twice = `GET / HTTP/1.1\r\nHost: a\r\n\r\n${requestText({ method: 'GET', target: '/' })}`

    it.each<[string, Handler, string]>([
      [
        'in one piece behind writeHead',
        raw((response) => void response.writeHead(200, { 'Content-Length': 2 }).end(long)),
        '',
      ],
      [
        'in two pieces',
        raw((response) => {
          response.setHeader('Content-Length', 2)
          response.write('as')
          response.end(long)
        }),
        'as',
      ],
      [
        'in two pieces, too short',
        raw((response) => {
          response.setHeader('Content-Length', 9)
          response.write('as')
          response.end('')
        }),
        'as',
      ],
      [
        'from a stream',
        raw((response) => {
          response.setHeader('Content-Length', 2)
          Readable.from(['a', 's', long]).pipe(response)
        }),
        'as',
      ],
      [
        'from a stream that is too short',
        raw((response) => {
          response.setHeader('Content-Length', 9)
          Readable.from(['a', 's']).pipe(response)
        }),
        'as',
      ],
    ])('is cut, and never leaks into the next answer: %s', async (_case, handler, sent) => {
      const violations = listen()
      const port = await start(framework, {
        routes: [['GET', '/', handler]],
        rules: { onViolation: 'repair' },
      })
      const bytes = await exchange(port, twice)
      expect(bytes.slice(bytes.indexOf('\r\n\r\n') + 4)).toBe(sent.slice(0, bytes.length))
      expect(violations.map(({ rule }) => rule)).toContain('length-of-content')
    })

    it('calls back a writer that is cut', async () => {
      const called: string[] = []
      const handler = raw((response) => {
        response.setHeader('Content-Length', 2)
        response.write(long, () => called.push('write'))
      })
      const port = await start(framework, {
        routes: [['GET', '/', handler]],
        rules: { onViolation: 'repair' },
      })
      await exchange(port, twice)
      expect(called).toContain('write')
    })
  })
})
