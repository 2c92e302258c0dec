import type { ServerResponse } from 'node:http'

/** Field lines. */
export type Lines = readonly (readonly [name: string, value: string])[]

/** What a handler answers, and the request it answers. */
export interface Exchange {
  readonly status: number
  readonly fields?: Lines
  readonly content?: string
  /** Anything else a handler does to the response. */
  readonly before?: (response: ServerResponse) => void
  /** Default: GET, and HEAD as well. */
  readonly method?: string
  readonly request?: Readonly<Record<string, string>>
  readonly version?: '1.0'
}

/** An answer that breaks a rule, and what leaves in its place. */
export interface Breach extends Exchange {
  /** The content of the answer can only be seen where it comes together with the header section. */
  readonly withContent?: boolean
  /** Only an answer whose content comes all at once can be mended. */
  readonly whole?: boolean
  /** Whether the plain means of all three frameworks break the rule, too. */
  readonly byFramework?: boolean
  readonly expected: {
    readonly status?: number
    /** `undefined`: the field is not there. */
    readonly fields?: Readonly<Record<string, string | RegExp | undefined>>
    /** Default: the content of the handler. */
    readonly content?: string
  }
}

export interface Row {
  readonly breaches: readonly Breach[]
  /** Answers near to those that keep the rule, and all others. */
  readonly kept: readonly Exchange[]
}

const problem = '{"title":"Internal Server Error","status":500}'
const refused = {
  status: 500,
  content: problem,
  fields: {
    'Content-Type': 'application/problem+json',
    'Content-Length': String(problem.length),
    'Transfer-Encoding': undefined,
    'Content-Range': undefined,
    Connection: 'close',
    Date: /GMT$/,
  },
}
const nothing = { 'Content-Length': undefined, 'Transfer-Encoding': undefined }
const tomorrow = new Date(Date.now() + 86_400_000).toUTCString()
const yesterday = new Date(Date.now() - 86_400_000).toUTCString()
const etag = ['ETag', '"1"'] as const

/** Answers that break each rule on purpose, and answers that keep it. */
export const breaches: Readonly<Record<string, Row>> = {
  'interim-as-final': {
    breaches: [100, 101, 102, 103, 104, 199].map((status) => ({
      status,
      content: 'body',
      byFramework: true,
      expected: refused,
    })),
    kept: [{ status: 200, content: 'body' }],
  },
  'status-range': {
    breaches: [600, 700, 999].map((status) => ({ status, content: 'body', expected: refused })),
    kept: [{ status: 599, content: 'body' }],
  },
  'post-status': {
    breaches: [
      {
        status: 206,
        fields: [['Content-Range', 'bytes 0-3/9']],
        content: 'body',
        method: 'POST',
        byFramework: true,
        expected: refused,
      },
      { status: 304, method: 'POST', byFramework: true, expected: refused },
      {
        status: 416,
        fields: [['Content-Range', 'bytes */9']],
        content: 'body',
        method: 'POST',
        byFramework: true,
        expected: refused,
      },
    ],
    kept: [
      { status: 200, content: 'body', method: 'POST' },
      { status: 416, content: 'body' },
    ],
  },
  'partial-without-range': {
    breaches: [{ status: 206, content: 'body', byFramework: true, expected: refused }],
    kept: [
      { status: 206, fields: [['Content-Range', 'bytes 0-3/9']], content: 'body' },
      { status: 206, fields: [['Content-Type', 'multipart/byteranges; boundary=x']], content: 'x' },
    ],
  },
  'multipart-with-range': {
    breaches: [
      {
        status: 206,
        fields: [
          ['Content-Range', 'bytes 0-3/9'],
          ['Content-Type', 'multipart/byteranges; boundary=x'],
        ],
        content: 'parts',
        expected: {
          fields: {
            'Content-Range': undefined,
            'Content-Type': 'multipart/byteranges; boundary=x',
          },
        },
      },
    ],
    kept: [{ status: 206, fields: [['Content-Type', 'multipart/byteranges']], content: 'x' }],
  },
  'content-of-204': {
    breaches: [
      ...['204', '204.5'].map((text) => ({
        status: 204,
        content: 'body',
        before: (response: ServerResponse) => void Object.assign(response, { statusCode: text }),
        withContent: true,
        expected: { fields: nothing, content: '' },
      })),
      {
        status: 204,
        fields: [etag],
        content: 'body',
        withContent: true,
        expected: {
          fields: { ...nothing, 'Content-Type': undefined, ETag: '"1"', Date: /GMT$/ },
          content: '',
        },
      },
      {
        status: 204,
        fields: [['Content-Length', '4']],
        content: 'body',
        expected: { fields: nothing, content: '' },
      },
      {
        status: 204,
        fields: [['Transfer-Encoding', 'chunked']],
        content: 'body',
        expected: { fields: nothing, content: '' },
      },
    ],
    // Metadata of the resource as it is now.
    kept: [{ status: 204, fields: [etag, ['Content-Type', 'text/plain']] }],
  },
  'content-of-205': {
    breaches: [
      {
        status: 205,
        content: 'body',
        withContent: true,
        expected: {
          fields: { ...nothing, 'Content-Length': '0', 'Content-Type': undefined },
          content: '',
        },
      },
      {
        status: 205,
        fields: [['Content-Length', '4']],
        content: 'body',
        expected: { fields: { ...nothing, 'Content-Length': '0' }, content: '' },
      },
      {
        status: 205,
        fields: [['Transfer-Encoding', 'chunked']],
        content: 'body',
        expected: { fields: { ...nothing, 'Content-Length': '0' }, content: '' },
      },
    ],
    kept: [{ status: 205 }, { status: 205, fields: [['Content-Length', '0']] }],
  },
  'content-of-304': {
    breaches: [
      {
        status: 304,
        fields: [etag, ['Cache-Control', 'max-age=9'], ['Vary', 'Accept'], ['Content-Length', '4']],
        content: 'body',
        withContent: true,
        expected: {
          fields: {
            ...nothing,
            'Content-Type': undefined,
            ETag: '"1"',
            'Cache-Control': 'max-age=9',
            Vary: 'Accept',
            Date: /GMT$/,
          },
          content: '',
        },
      },
    ],
    kept: [{ status: 304, fields: [etag, ['Content-Location', '/a']] }],
  },
  'metadata-of-304': {
    breaches: [
      {
        status: 304,
        fields: [etag, ['Content-Length', '4'], ['Content-Type', 'text/plain']],
        expected: {
          fields: { ...nothing, 'Content-Type': undefined, ETag: '"1"', Date: /GMT$/ },
          content: '',
        },
      },
      {
        status: 304,
        fields: [['Transfer-Encoding', 'chunked']],
        expected: { fields: nothing, content: '' },
      },
      {
        status: 304,
        fields: [etag, ['Content-Range', 'bytes 0-3/9']],
        expected: { fields: { ...nothing, 'Content-Range': undefined }, content: '' },
      },
    ],
    kept: [{ status: 304, fields: [etag, ['Last-Modified', yesterday]] }],
  },
  challenge: {
    breaches: [
      {
        status: 401,
        content: 'body',
        byFramework: true,
        expected: { fields: { 'WWW-Authenticate': 'Session realm="app"' } },
      },
      {
        status: 401,
        fields: [['WWW-Authenticate', '']],
        content: 'body',
        byFramework: true,
        expected: { fields: { 'WWW-Authenticate': 'Session realm="app"' } },
      },
    ],
    kept: [{ status: 401, fields: [['WWW-Authenticate', 'Basic realm="x"']], content: 'body' }],
  },
  'proxy-challenge': {
    breaches: [
      {
        status: 407,
        content: 'body',
        byFramework: true,
        expected: { fields: { 'Proxy-Authenticate': 'Session realm="proxy"' } },
      },
    ],
    kept: [{ status: 407, fields: [['Proxy-Authenticate', 'Basic realm="x"']], content: 'body' }],
  },
  allow: {
    breaches: [
      {
        status: 405,
        content: 'body',
        byFramework: true,
        expected: { fields: { Allow: 'GET, HEAD, POST, OPTIONS' } },
      },
    ],
    // A resource may take no method at all for a while.
    kept: [{ status: 405, fields: [['Allow', '']], content: 'body' }],
  },
  upgrade: {
    breaches: [
      {
        status: 426,
        content: 'body',
        byFramework: true,
        expected: { fields: { Upgrade: 'websocket', Connection: 'upgrade, close' } },
      },
    ],
    kept: [
      {
        status: 426,
        fields: [
          ['Upgrade', 'TLS/1.0'],
          ['Connection', 'Upgrade, close'],
        ],
        content: 'body',
      },
    ],
  },
  'never-stored': {
    breaches: [
      ...[428, 431, 511].map((status) => ({
        status,
        content: 'body',
        byFramework: true,
        expected: { fields: { 'Cache-Control': 'no-store' } },
      })),
      {
        status: 429,
        fields: [
          ['Retry-After', '9'],
          ['Cache-Control', 'public, max-age=60'],
        ],
        content: 'body',
        byFramework: true,
        expected: { fields: { 'Cache-Control': 'no-store', 'Retry-After': '9' } },
      },
    ],
    kept: [{ status: 428, fields: [['Cache-Control', 'private, no-store']], content: 'body' }],
  },
  'location-of-created': {
    breaches: [
      {
        status: 201,
        content: 'body',
        method: 'POST',
        byFramework: true,
        expected: { fields: { Location: undefined } },
      },
    ],
    kept: [
      { status: 201, fields: [['Location', '/a']], content: 'body', method: 'POST' },
      { status: 201, content: 'body' },
    ],
  },
  'location-of-redirect': {
    breaches: [301, 302, 303, 307, 308].map((status) => ({
      status,
      content: 'body',
      byFramework: true,
      expected: { fields: { Location: undefined } },
    })),
    kept: [{ status: 302, fields: [['Location', '/a']], content: 'body' }],
  },
  'range-of-416': {
    breaches: [
      {
        status: 416,
        content: 'body',
        request: { Range: 'bytes=9-' },
        byFramework: true,
        expected: { fields: { 'Content-Range': undefined } },
      },
    ],
    kept: [
      {
        status: 416,
        fields: [['Content-Range', 'bytes */4']],
        content: 'body',
        request: { Range: 'bytes=9-' },
      },
      { status: 416, content: 'body', request: { Range: 'lines=9-' } },
    ],
  },
  'blocked-by': {
    breaches: [
      {
        status: 451,
        fields: [['Link', '</a>; rel=next']],
        content: 'body',
        byFramework: true,
        expected: { fields: { Link: '</a>; rel=next' } },
      },
    ],
    kept: [{ status: 451, fields: [['Link', '</a>; rel="blocked-by"']], content: 'body' }],
  },
  'retry-after': {
    breaches: [
      {
        status: 503,
        content: 'body',
        byFramework: true,
        expected: { fields: { 'Retry-After': undefined } },
      },
      {
        status: 429,
        fields: [['Cache-Control', 'no-store']],
        content: 'body',
        byFramework: true,
        expected: { fields: { 'Retry-After': undefined } },
      },
    ],
    kept: [{ status: 503, fields: [['Retry-After', '9']], content: 'body' }],
  },
  'accepted-types': {
    breaches: [{ status: 415, content: 'body', method: 'POST', byFramework: true, expected: {} }],
    kept: ['Accept', 'Accept-Post', 'Accept-Encoding'].map((name) => ({
      status: 415,
      fields: [[name, 'x/y']],
      content: 'body',
      method: 'POST',
    })),
  },
  singleton: {
    breaches: [
      {
        status: 200,
        fields: [
          ['Content-Type', 'text/html'],
          ['Content-Type', 'text/plain'],
        ],
        content: 'body',
        expected: { fields: { 'Content-Type': 'text/plain' } },
      },
      {
        status: 302,
        fields: [
          ['Location', '/a'],
          ['Location', '/b'],
          ['ETag', '"1"'],
          ['ETag', '"2"'],
        ],
        content: 'body',
        expected: { fields: { Location: '/b', ETag: '"2"' } },
      },
      {
        status: 200,
        fields: [
          ['Content-Length', '9'],
          ['Content-Length', '4'],
        ],
        content: 'body',
        expected: { fields: { 'Content-Length': '4' } },
      },
    ],
    kept: [
      {
        status: 200,
        content: 'body',
        // A list of one is one line.
        before: (response) => response.setHeader('ETag', ['"1"']),
      },
      {
        status: 200,
        fields: [
          ['Vary', 'Accept'],
          ['Vary', 'Origin'],
          ['Cache-Control', 'no-store'],
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
        ],
        content: 'body',
      },
    ],
  },
  'two-lengths': {
    breaches: [
      {
        status: 200,
        fields: [
          ['Content-Length', '9'],
          ['Transfer-Encoding', 'chunked'],
        ],
        content: 'body',
        expected: { fields: { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' } },
      },
    ],
    kept: [{ status: 200, fields: [['Content-Length', '4']], content: 'body' }],
  },
  'coding-to-http-1.0': {
    breaches: [
      {
        status: 200,
        fields: [['Transfer-Encoding', 'chunked']],
        content: 'body',
        version: '1.0',
        expected: { fields: { 'Transfer-Encoding': undefined, Connection: 'close' } },
      },
    ],
    kept: [
      { status: 200, content: 'body', version: '1.0' },
      { status: 200, fields: [['Transfer-Encoding', 'chunked']], content: 'body' },
    ],
  },
  'length-value': {
    breaches: ['abc', '-1', '4.0', '0x4', ''].map((length) => ({
      status: 200,
      fields: [['Content-Length', length]] as const,
      content: 'body',
      expected: {},
    })),
    kept: [
      { status: 200, fields: [['Content-Length', '4']], content: 'body' },
      { status: 200, fields: [['Content-Length', '004']], content: 'body' },
    ],
  },
  'length-of-content': {
    breaches: ['3', '5', '0', '99999999999999999999'].map((length) => ({
      status: 200,
      fields: [['Content-Length', length]] as const,
      content: 'body',
      whole: true,
      expected: { fields: { 'Content-Length': '4', 'Transfer-Encoding': undefined } },
    })),
    kept: [
      { status: 200, fields: [['Content-Length', '0']], content: '' },
      // The length that the content of GET has.
      { status: 200, fields: [['Content-Length', '9']], method: 'HEAD' },
    ],
  },
  'last-coding': {
    breaches: [
      ...[
        ['chunked, chunked', 'chunked'],
        ['chunked, gzip', 'gzip, chunked'],
      ].map(([given = '', left = '']) => ({
        status: 200,
        fields: [['Transfer-Encoding', given]] as const,
        content: 'body',
        expected: { fields: { 'Transfer-Encoding': left } },
      })),
      {
        status: 200,
        fields: [['Transfer-Encoding', 'identity']],
        content: 'body',
        expected: { fields: { 'Transfer-Encoding': 'chunked', 'Content-Length': undefined } },
      },
    ],
    kept: [{ status: 200, fields: [['Transfer-Encoding', 'chunked']] }],
  },
  'trailer-of-length': {
    breaches: [
      {
        status: 200,
        fields: [
          ['Trailer', 'X-Sum'],
          ['Content-Length', '4'],
        ],
        content: 'body',
        method: 'GET',
        expected: { fields: { Trailer: undefined, 'Content-Length': '4' } },
      },
    ],
    kept: [
      {
        status: 200,
        fields: [
          ['Trailer', 'X-Sum'],
          ['Transfer-Encoding', 'chunked'],
        ],
        content: 'body',
      },
    ],
  },
  'upgrade-option': {
    breaches: [
      {
        status: 200,
        fields: [['Upgrade', 'h2c']],
        content: 'body',
        byFramework: true,
        expected: { fields: { Upgrade: 'h2c', Connection: 'upgrade, close' } },
      },
      {
        status: 426,
        fields: [['Upgrade', 'TLS/1.0']],
        content: 'body',
        byFramework: true,
        expected: { fields: { Upgrade: 'TLS/1.0', Connection: 'upgrade, close' } },
      },
    ],
    kept: [
      {
        status: 200,
        fields: [
          ['Upgrade', 'h2c'],
          ['Connection', 'close, Upgrade'],
        ],
        content: 'body',
      },
    ],
  },
  close: {
    breaches: [
      {
        status: 200,
        fields: [
          ['Connection', 'keep-alive'],
          ['Keep-Alive', 'timeout=5'],
        ],
        content: 'body',
        byFramework: true,
        expected: { fields: { Connection: 'close', 'Keep-Alive': undefined } },
      },
      {
        status: 200,
        fields: [['Connection', 'keep-alive, close']],
        content: 'body',
        expected: { fields: { Connection: 'close' } },
      },
      {
        status: 200,
        fields: [['Connection', 'keep-alive, X-Own']],
        content: 'body',
        byFramework: true,
        version: '1.0',
        expected: { fields: { Connection: 'close, x-own' } },
      },
    ],
    kept: [{ status: 200, fields: [['Connection', 'Close']], content: 'body' }],
  },
  date: {
    breaches: [
      ...['today', '2026-01-01T00:00:00Z', 'Sunday, 06-Nov-94 08:49:37 GMT'].map((date) => ({
        status: 200,
        fields: [['Date', date]] as const,
        content: 'body',
        expected: { fields: { Date: new RegExp(`^(?!${date}).*GMT$`) } },
      })),
      {
        status: 200,
        content: 'body',
        before: (response) => response.removeHeader('Date'),
        expected: { fields: { Date: /GMT$/ } },
      },
      {
        status: 404,
        content: 'body',
        before: (response) => {
          response.sendDate = false
        },
        expected: { fields: { Date: /GMT$/ } },
      },
    ],
    kept: [
      {
        status: 500,
        content: 'body',
        before: (response) => {
          response.sendDate = false
        },
      },
      {
        status: 200,
        fields: [['Date', yesterday]],
        content: 'body',
        before: (response) => {
          response.sendDate = false
        },
      },
    ],
  },
  'content-type': {
    breaches: [
      {
        status: 200,
        fields: [['Content-Type', '']],
        content: 'body',
        withContent: true,
        expected: { fields: { 'Content-Type': 'text/plain; charset=utf-8' } },
      },
    ],
    kept: [{ status: 200 }, { status: 404, content: 'body' }],
  },
  'last-modified-later': {
    breaches: [
      {
        status: 200,
        fields: [['Last-Modified', tomorrow]],
        content: 'body',
        byFramework: true,
        expected: { fields: { 'Last-Modified': new RegExp(`^(?!${tomorrow}).*GMT$`) } },
      },
    ],
    kept: [
      { status: 200, fields: [['Last-Modified', yesterday]], content: 'body' },
      { status: 200, fields: [['Last-Modified', 'no date']], content: 'body' },
    ],
  },
  'public-cookie': {
    breaches: [
      {
        status: 200,
        fields: [['Set-Cookie', 'a=1']],
        content: 'body',
        byFramework: true,
        expected: { fields: { 'Set-Cookie': 'a=1', 'Cache-Control': 'private' } },
      },
      {
        status: 302,
        fields: [
          ['Location', '/a'],
          ['Set-Cookie', 'a=1'],
          ['Cache-Control', 'Public, max-age=60, s-maxage=90'],
        ],
        content: 'body',
        method: 'POST',
        byFramework: true,
        expected: { fields: { 'Cache-Control': 'private, max-age=60' } },
      },
      {
        status: 403,
        fields: [
          ['Set-Cookie', 'a=1'],
          ['Expires', tomorrow],
        ],
        content: 'body',
        byFramework: true,
        expected: { fields: { 'Cache-Control': 'private' } },
      },
    ],
    kept: [
      ...['private', 'no-store', 'max-age=60, private'].map((value): Exchange => ({
        status: 200,
        fields: [
          ['Set-Cookie', 'a=1'],
          ['Cache-Control', value],
        ],
        content: 'body',
      })),
      // What no cache stores unless it is told to.
      { status: 200, fields: [['Set-Cookie', 'a=1']], content: 'body', method: 'POST' },
      { status: 403, fields: [['Set-Cookie', 'a=1']], content: 'body' },
    ],
  },
  'hsts-over-http': {
    breaches: [
      {
        status: 200,
        fields: [['Strict-Transport-Security', 'max-age=9']],
        content: 'body',
        byFramework: true,
        expected: { fields: { 'Strict-Transport-Security': undefined } },
      },
    ],
    kept: [{ status: 200, content: 'body' }],
  },
}
