import createError from 'http-errors'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { errorAnswer, prepareError, prepareOptions } from './answer.ts'
import { exchange, last, listen, parse, type Answer } from './wire.test.helper.ts'

/** The answer to GET of a handler, over the wire. */
async function answerOf(
  handler: (response: ServerResponse, request: IncomingMessage) => void,
  ...fields: string[]
): Promise<Answer> {
  const { port } = await listen((request, response) => {
    response.sendDate = false
    handler(response, request)
  })
  return parse(await exchange(port, last('GET /', ...fields)))
}

const contentFields = {
  'Content-Type': 'text/css',
  'Content-Encoding': 'gzip',
  'Content-Language': 'de',
  'Content-Range': 'bytes 0-1/2',
  'Content-Disposition': 'attachment',
  'Content-Location': '/other',
  'Content-Length': '3',
  ETag: '"1"',
  'Last-Modified': 'Mon, 23 Nov 2026 12:00:00 GMT',
  Expires: 'Mon, 23 Nov 2026 12:00:00 GMT',
  'Cache-Control': 'public, max-age=60',
}

const otherFields = {
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': "default-src 'none'",
  'Strict-Transport-Security': 'max-age=1',
  'Access-Control-Allow-Origin': '*',
}

const lowerCase = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]))

describe('prepareError', () => {
  it('replaces the content and all its fields, and keeps the others', async () => {
    const answer = await answerOf((response, request) => {
      response.statusCode = 206
      response.statusMessage = 'Some Of It'
      for (const [name, value] of Object.entries({ ...contentFields, ...otherFields })) {
        response.setHeader(name, value)
      }
      response.end(prepareError(createError(404, 'Nothing here'), request, response))
    })
    expect(answer).toEqual({
      line: 'HTTP/1.1 404 Not Found',
      fields: {
        ...lowerCase(otherFields),
        'content-type': 'application/problem+json',
        'content-length': '58',
        vary: 'Accept',
        connection: 'close',
      },
      content: '{"title":"Not Found","status":404,"detail":"Nothing here"}',
    })
  })

  it('removes Transfer-Encoding, which would stand beside the length', async () => {
    const { fields } = await answerOf((response, request) => {
      response.setHeader('Transfer-Encoding', 'chunked')
      response.end(prepareError(createError(404), request, response))
    })
    expect(fields).not.toHaveProperty('transfer-encoding')
    expect(fields).toHaveProperty('content-length')
  })

  it('counts the length in bytes', async () => {
    const { fields, content } = await answerOf((response, request) => {
      response.end(prepareError(createError(404, 'Zürich 漢字'), request, response))
    })
    expect(fields['content-length']).toBe(String(content.length)) // latin1: a character is a byte
    expect(JSON.parse(Buffer.from(content, 'latin1').toString())).toMatchObject({
      detail: 'Zürich 漢字',
    })
  })

  it.each([
    ['public, max-age=60', undefined],
    ['private', undefined],
    ['no-cache', undefined],
    ['no-store', 'no-store'],
    ['private, No-Store', 'private, No-Store'],
    [undefined, undefined],
  ])('makes of Cache-Control %s: %s', async (before, after) => {
    const { fields } = await answerOf((response, request) => {
      if (before !== undefined) response.setHeader('Cache-Control', before)
      response.end(prepareError(createError(404), request, response))
    })
    expect(fields['cache-control']).toBe(after)
  })

  it.each<[string | string[] | undefined, string]>([
    [undefined, 'Accept'],
    ['Origin', 'Origin, Accept'],
    [['Origin', 'Cookie'], 'Origin, Cookie, Accept'],
    ['accept', 'accept'],
    ['Origin,ACCEPT', 'Origin,ACCEPT'],
    ['Accept-Encoding', 'Accept-Encoding, Accept'],
    ['*', '*'],
  ])('makes of Vary %s: %s', async (before, after) => {
    const { fields } = await answerOf((response, request) => {
      if (before !== undefined) response.setHeader('Vary', before)
      response.end(prepareError(createError(404), request, response))
    })
    expect(fields['vary']).toBe(after)
  })

  it('sets the fields that the error brings, but not its content fields', async () => {
    const { fields } = await answerOf((response, request) => {
      const headers = { Allow: 'GET', 'Retry-After': 5, 'content-type': 'text/css', Vary: 'Origin' }
      response.end(prepareError(createError(405, { headers }), request, response))
    })
    expect(fields).toMatchObject({
      allow: 'GET',
      'retry-after': '5',
      'content-type': 'application/problem+json',
      vary: 'Origin, Accept',
    })
  })

  it.each([
    ['text/html', 'text/html; charset=utf-8', /^<!doctype html>/],
    ['text/plain', 'text/plain; charset=utf-8', /^404 Not Found\n$/],
    ['*/*', 'application/problem+json', /^\{"title":"Not Found","status":404\}$/],
  ])('negotiates by Accept: %s', async (accept, type, content) => {
    const answer = await answerOf(
      (response, request) => response.end(prepareError(createError(404), request, response)),
      `Accept: ${accept}`,
    )
    expect(answer.fields['content-type']).toBe(type)
    expect(answer.content).toMatch(content)
  })

  it('takes the fallback for an error that asks for no status, and tells nothing of it', async () => {
    const answer = await answerOf((response, request) => {
      response.end(prepareError(new Error('secret'), request, response, 403))
    })
    expect(answer.line).toBe('HTTP/1.1 403 Forbidden')
    expect(answer.content).not.toContain('secret')
  })

  it('says 500 of a mere error, and tells nothing of it', async () => {
    const answer = await answerOf((response, request) => {
      response.end(prepareError(new Error('secret'), request, response))
    })
    expect(answer.line).toBe('HTTP/1.1 500 Internal Server Error')
    expect(answer.content).toBe('{"title":"Internal Server Error","status":500}')
  })

  it('has the reason phrase of RFC 9110, where Node has an older one', async () => {
    const { line } = await answerOf((response, request) => {
      response.end(prepareError(createError(413), request, response))
    })
    expect(line).toBe('HTTP/1.1 413 Content Too Large')
  })
})

describe('prepareOptions', () => {
  it('replaces an answer that a router had begun, and keeps the other fields', async () => {
    const answer = await answerOf((response) => {
      response.statusCode = 404
      response.statusMessage = 'Nothing'
      for (const [name, value] of Object.entries({ ...contentFields, ...otherFields })) {
        response.setHeader(name, value)
      }
      response.setHeader('Allow', 'GET')
      prepareOptions(
        {
          status: 204,
          fields: [
            ['Allow', 'GET, PUT'],
            ['Accept-Post', 'text/plain'],
          ],
        },
        response,
      )
      response.end()
    })
    expect(answer).toEqual({
      line: 'HTTP/1.1 204 No Content',
      fields: {
        ...lowerCase(otherFields),
        allow: 'GET, PUT',
        'accept-post': 'text/plain',
        connection: 'close',
      },
      content: '',
    })
  })
})

describe('errorAnswer', () => {
  it('gives plain data', () => {
    expect(errorAnswer(createError(405, { headers: { Allow: 'GET' } }), undefined)).toEqual({
      status: 405,
      reason: 'Method Not Allowed',
      fields: {
        Allow: 'GET',
        'Content-Type': 'application/problem+json',
        'Content-Length': '43',
      },
      content: '{"title":"Method Not Allowed","status":405}',
    })
  })

  it('has no reason for a status nobody registered', () => {
    expect(errorAnswer({ status: 471 }, undefined)).toMatchObject({ status: 471, reason: '' })
  })
})
