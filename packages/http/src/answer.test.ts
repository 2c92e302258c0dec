import { defineProblem } from '@http-semantics/problem'
import createError from 'http-errors'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { errorAnswer, prepareError, prepareBare, type ResponseHead } from './answer.ts'
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
  'Content-Digest': 'sha-256=:YWJj:',
  'Repr-Digest': 'sha-256=:YWJj:',
  Digest: 'md5=YWJj',
  'Content-MD5': 'YWJj',
  Trailer: 'X-Sum',
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
        'content-language': 'en',
        'content-length': '58',
        vary: 'Accept, Accept-Language',
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
    ['private', 'private'],
    ['Private, max-age=60', 'private'],
    ['max-age=60, private="set-cookie, a"', 'private'],
    ['no-cache', 'no-cache'],
    ['no-cache, private', 'private, no-cache'],
    ['max-age=60, privateer, no-cached', undefined],
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

  it.each([
    [undefined, 'private'],
    ['public, max-age=60', 'private'],
    ['no-store', 'no-store'],
  ])('keeps a cookie to one client, with Cache-Control %s before', async (before, after) => {
    const { fields } = await answerOf((response, request) => {
      response.setHeader('Set-Cookie', 'a=1')
      if (before !== undefined) response.setHeader('Cache-Control', before)
      response.end(prepareError(createError(404), request, response))
    })
    expect(fields['cache-control']).toBe(after)
  })

  it.each<[string | string[] | undefined, string]>([
    [undefined, 'Accept, Accept-Language'],
    ['', 'Accept, Accept-Language'],
    ['Origin', 'Origin, Accept, Accept-Language'],
    [['Origin', 'Cookie'], 'Origin, Cookie, Accept, Accept-Language'],
    ['accept', 'accept, Accept-Language'],
    ['Origin,ACCEPT', 'Origin, ACCEPT, Accept-Language'],
    ['Accept, Origin, Accept-language', 'Accept, Origin, Accept-language'],
    ['Accept-Encoding', 'Accept-Encoding, Accept, Accept-Language'],
    ['*', '*'],
    ['Origin, *', '*'],
  ])('makes of Vary %s: %s', async (before, after) => {
    const { fields } = await answerOf((response, request) => {
      if (before !== undefined) response.setHeader('Vary', before)
      response.end(prepareError(createError(404), request, response))
    })
    expect(fields['vary']).toBe(after)
  })

  it('sets the fields that the error brings', async () => {
    const { fields } = await answerOf((response, request) => {
      response.setHeader('Vary', 'Cookie')
      response.setHeader('Retry-After', '9')
      const headers = {
        Allow: 'GET',
        'Retry-After': 5,
        vary: 'Origin',
        'Cache-Control': 'no-store',
      }
      response.end(prepareError(createError(405, { headers }), request, response))
    })
    expect(fields).toMatchObject({
      allow: 'GET',
      'retry-after': '5',
      'cache-control': 'no-store',
      vary: 'Cookie, Origin, Accept, Accept-Language',
    })
  })

  it('takes the range of a 416 from the error, not from the answer that was begun', async () => {
    const { fields } = await answerOf((response, request) => {
      response.setHeader('Content-Range', 'bytes 0-1/2')
      const headers = { 'Content-Range': 'bytes */2' }
      response.end(prepareError(createError(416, { headers }), request, response))
    })
    expect(fields['content-range']).toBe('bytes */2')
  })

  it('takes no field from the error that describes other content, whatever its case', async () => {
    const names = Object.keys(contentFields).filter(
      (name) => !['Content-Range', 'Expires', 'Cache-Control'].includes(name),
    )
    const headers = Object.fromEntries(
      [...names, 'Transfer-Encoding'].flatMap((name) => [
        [name, 'other'],
        [name.toLowerCase(), 'other'],
      ]),
    )
    const answer = await answerOf((response, request) => {
      response.end(prepareError(createError(404, { headers }), request, response))
    })
    expect(answer).toEqual({
      line: 'HTTP/1.1 404 Not Found',
      fields: {
        'content-type': 'application/problem+json',
        'content-language': 'en',
        'content-length': '34',
        vary: 'Accept, Accept-Language',
        connection: 'close',
      },
      content: '{"title":"Not Found","status":404}',
    })
  })

  it.each([
    ['a line break in a value', { 'X-A': 'a\r\nX-B: b' }],
    ['a line break in one of several', { 'X-A': ['a', 'a\nb'] }],
    ['a value that is not latin1', { 'X-A': '漢' }],
    ['a name that is none', { 'X A': 'a' }],
    ['no name', { '': 'a' }],
  ])('leaves out a field that Node would throw at: %s', async (_, headers) => {
    const { line, fields } = await answerOf((response, request) => {
      const error = createError(404, { headers: { ...headers, Allow: 'GET' } })
      response.end(prepareError(error, request, response))
    })
    expect(line).toBe('HTTP/1.1 404 Not Found')
    expect(Object.keys(fields)).not.toContain('x-a')
    expect(Object.keys(fields)).not.toContain('x-b')
    expect(fields['allow']).toBe('GET')
  })

  it('adds the cookies of the error to those that were set', async () => {
    const { port } = await listen((request, response) => {
      response.setHeader('Set-Cookie', 'a=1')
      const headers = { 'set-cookie': ['b=2', 'c=3'] }
      response.end(prepareError(createError(404, { headers }), request, response))
    })
    const raw = await exchange(port, last('GET /'))
    expect(raw.match(/^set-cookie: .*$/gim)?.map((line) => line.slice(12))).toEqual([
      'a=1',
      'b=2',
      'c=3',
    ])
  })

  it.each([
    ['text/html', 'text/html; charset=utf-8', /^<!doctype html>/],
    ['text/plain', 'text/plain; charset=utf-8', /^404 Not Found\n\nThere is nothing/],
    ['*/*', 'application/problem+json', /^\{"title":"Not Found","status":404\}$/],
  ])('negotiates by Accept: %s', async (accept, type, content) => {
    const answer = await answerOf(
      (response, request) => response.end(prepareError(createError(404), request, response)),
      `Accept: ${accept}`,
    )
    expect(answer.fields['content-type']).toBe(type)
    expect(answer.content).toMatch(content)
  })

  it.each([
    [undefined, 'en', 'Not Found'],
    ['de', 'en', 'Not Found'],
    ['zh-Hant', 'zh-TW', '找不到'],
  ])('negotiates by Accept-Language: %s', async (acceptLanguage, language, title) => {
    const { fields, content } = await answerOf(
      (response, request) => response.end(prepareError(createError(404), request, response)),
      ...(acceptLanguage === undefined ? [] : [`Accept-Language: ${acceptLanguage}`]),
    )
    expect(fields['content-language']).toBe(language)
    expect(JSON.parse(Buffer.from(content, 'latin1').toString())).toEqual({ title, status: 404 })
  })

  it('says no language where nobody knows it', async () => {
    const { fields, content } = await answerOf((response, request) => {
      const error = createError(403, { problem: { type: '/p', title: 'Titel' } })
      response.end(prepareError(error, request, response))
    })
    expect(content).toBe('{"type":"/p","title":"Titel","status":403}')
    expect(fields).not.toHaveProperty('content-language')
  })

  it.each([
    [418, "HTTP/1.1 418 I'm a Teapot"],
    [471, 'HTTP/1.1 471 unknown'],
  ])('leaves the phrase of %i, a code without a meaning, to Node', async (status, expected) => {
    const { line } = await answerOf((response, request) => {
      response.statusMessage = 'Some Of It'
      response.end(prepareError({ status }, request, response))
    })
    expect(line).toBe(expected)
  })

  it('sets no phrase on HTTP/2, of which Node would warn', () => {
    const set: string[] = []
    const fields = new Map<string, string | string[]>()
    const response: ResponseHead = {
      statusCode: 200,
      set statusMessage(reason: string) {
        set.push(reason)
      },
      getHeader: (name) => fields.get(name),
      setHeader: (name, value) => fields.set(name, value),
      removeHeader: (name) => fields.delete(name),
      req: { httpVersionMajor: 2 },
    }
    prepareError(createError(404), { headers: {} }, response)
    expect(response.statusCode).toBe(404)
    prepareBare({ status: 204, fields: [] }, response)
    expect(response.statusCode).toBe(204)
    expect(set).toEqual([])
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

describe('prepareBare', () => {
  it('replaces an answer that a router had begun, and keeps the other fields', async () => {
    const answer = await answerOf((response) => {
      response.statusCode = 404
      response.statusMessage = 'Nothing'
      for (const [name, value] of Object.entries({ ...contentFields, ...otherFields })) {
        response.setHeader(name, value)
      }
      response.setHeader('Allow', 'GET')
      prepareBare(
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
        'Content-Language': 'en',
        'Content-Length': '43',
      },
      content: '{"title":"Method Not Allowed","status":405}',
    })
  })

  it.each([418, 471])('has no reason for %i, a status without a meaning', (status) => {
    expect(errorAnswer({ status }, undefined)).toMatchObject({ status, reason: '' })
  })

  it('has each field once, also where the error has it in another case', () => {
    const headers = { 'content-length': '7', 'content-type': 'text/css', 'X-A': 'a' }
    const { fields } = errorAnswer(createError(404, { headers }), undefined)
    expect(Object.keys(fields)).toEqual([
      'X-A',
      'Content-Type',
      'Content-Language',
      'Content-Length',
    ])
  })

  it('takes a defined problem, which http-errors takes for one of its own', () => {
    const define = { type: '/p', status: 409, title: { en: 'Taken', 'zh-TW': '已有人用' } } as const
    const error = defineProblem(define)('No', { by: 7 })
    expect(createError.isHttpError(error)).toBe(true)
    expect(errorAnswer(error, { 'accept-language': 'zh' })).toMatchObject({
      status: 409,
      fields: { 'Content-Language': 'zh-TW' },
      content: '{"type":"/p","title":"已有人用","status":409,"detail":"No","by":7}',
    })
  })
})
