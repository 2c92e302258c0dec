import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import {
  createJudge,
  hasContent,
  judgedMethods,
  type ContentDeclaration,
  type ContentRequest,
} from './request-content.ts'

const where = "resources['/a']"

const post = (headers: ContentRequest['headers'], isSent = true): ContentRequest => ({
  method: 'POST',
  headers,
  hasContent: isSent,
})

const query = (headers: ContentRequest['headers'], isSent = true): ContentRequest => ({
  ...post(headers, isSent),
  method: 'QUERY',
})

const get = (accept?: string): ContentRequest => ({
  method: 'GET',
  headers: accept === undefined ? {} : { accept },
  hasContent: false,
})

const json = { 'content-type': 'application/json' }
const png = { 'content-type': 'image/png' }
const takesJson: ContentDeclaration = { accept: { post: ['application/json'] } }
const told = { Accept: 'application/json', 'Accept-Post': 'application/json' }
const toldQuery = { Accept: 'application/json', 'Accept-Query': 'application/json' }

describe('createJudge', () => {
  it.each<[string, ContentDeclaration, ContentRequest, object | undefined]>([
    ['nothing declared', {}, post(png), undefined],
    ['a declared type', takesJson, post(json), undefined],
    ['no content', takesJson, post(png, false), undefined],
    [
      'another type',
      takesJson,
      post(png),
      { status: 415, message: 'Send application/json', headers: told },
    ],
    [
      'a type that is none',
      takesJson,
      post({ 'content-type': 'json' }),
      { status: 415, message: 'The Content-Type is no media type', headers: told },
    ],
    [
      'no type',
      takesJson,
      post({}),
      { status: 415, message: 'The content has no Content-Type', headers: told },
    ],
    ['no type, where that is a 400', { ...takesJson, withoutType: 400 }, post({}), { status: 400 }],
    ['no type, where that is taken', { ...takesJson, withoutType: 'take' }, post({}), undefined],
    [
      'a method of which nothing is declared',
      takesJson,
      { ...post(png), method: 'PUT' },
      undefined,
    ],
    ['no type at all', { accept: { post: [] } }, post(json), { status: 415, headers: {} }],
    [
      'several types',
      { accept: { post: ['a/b', 'c/d'] } },
      post(png),
      { status: 415, message: 'Send a/b or c/d' },
    ],
    ['an undeclared QUERY', {}, query(png), undefined],
    ['an undeclared QUERY without a type', {}, query({}), { status: 400, headers: {} }],
    // A 415 would have to tell what is taken.
    [
      'one with a type that is none',
      {},
      query({ 'content-type': 'a' }),
      { status: 400, headers: {} },
    ],
    [
      'a QUERY without content',
      { accept: { query: ['application/json'] } },
      query(json, false),
      { status: 400, message: 'A QUERY is nothing without content' },
    ],
    [
      'a QUERY without a type, whatever is declared',
      { accept: { query: ['application/json'] }, withoutType: 'take' },
      query({}),
      { status: 400, headers: toldQuery },
    ],
    [
      'a QUERY of another type',
      { accept: { query: ['application/json'] } },
      query(png),
      { status: 415, headers: toldQuery },
    ],
    ['a coding', { codings: ['gzip'] }, post({ 'content-encoding': 'gzip' }), undefined],
    [
      'a coding without content',
      { codings: [] },
      post({ 'content-encoding': 'br' }, false),
      undefined,
    ],
    [
      'another coding',
      { codings: ['gzip'] },
      post({ 'content-encoding': 'br' }),
      { status: 415, headers: { 'Accept-Encoding': 'gzip' } },
    ],
    ['a type it produces', { produces: ['text/html'] }, get('text/*'), undefined],
    ['any type', { produces: ['text/html'] }, get(), undefined],
    [
      'none of the types it produces',
      { produces: ['text/html', 'a/b; c=d'] },
      get('image/png'),
      {
        status: 406,
        message: 'There is text/html, a/b',
        headers: { Vary: 'Accept' },
        problem: { variants: [{ type: 'text/html' }, { type: 'a/b; c=d' }] },
      },
    ],
    [
      'an answer to POST, whatever it is',
      { produces: ['text/html'] },
      { ...get('image/png'), method: 'POST' },
      undefined,
    ],
  ])('judges %s', (_name, declaration, request, expected) => {
    const error = createJudge(where, declaration)(request)
    if (expected === undefined) expect(error).toBeUndefined()
    else expect(error).toMatchObject(expected)
  })

  it.each<[object, string]>([
    [{ withoutType: 404 }, `${where}.withoutType must be 400, 415 or 'take', got 404`],
    [{ codings: 'gzip' }, `${where}.codings must be a list like ['gzip'], got 'gzip'`],
    [{ codings: ['*'] }, `${where}.codings: '*' is no content coding; write it like 'gzip'`],
    [{ codings: ['a b'] }, `${where}.codings: 'a b' is no content coding; write it like 'gzip'`],
    [{ codings: [1] }, `${where}.codings: 1 is no content coding; write it like 'gzip'`],
    [{ produces: [] }, `${where}.produces must be a list like ['application/json'], got []`],
    [{ produces: 'a/b' }, `${where}.produces must be a list like ['application/json'], got 'a/b'`],
    [
      { produces: ['text/*'] },
      `${where}.produces: 'text/*' is no media type; write it like 'text/html'`,
    ],
    [
      { produces: ['html'] },
      `${where}.produces: 'html' is no media type; write it like 'text/html'`,
    ],
    [{ produces: [7] }, `${where}.produces: 7 is no media type; write it like 'text/html'`],
  ])('refuses %o with a sentence', (declaration, message) => {
    expect(() => createJudge(where, declaration)).toThrow(new TypeError(message))
  })
})

it.each<[ContentDeclaration, string[]]>([
  [{}, []],
  [{ accept: { post: [], put: undefined } }, ['POST']],
  [{ codings: [] }, ['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY']],
  [{ produces: ['a/b'] }, ['GET', 'HEAD', 'QUERY']],
])('holds against %o the requests with %o alone', (declaration, methods) => {
  expect(judgedMethods(declaration)).toEqual(methods)
})

it.each<[string, object, boolean]>([
  ['nothing', { headers: {} }, false],
  ['a length of 0', { headers: { 'content-length': '0' } }, false],
  ['a length', { headers: { 'content-length': '12' } }, true],
  ['chunks', { headers: { 'transfer-encoding': 'chunked' } }, true],
  ['a stream that is over', { headers: {}, stream: { endAfterHeaders: true } }, false],
  ['a stream that goes on', { headers: {}, stream: { endAfterHeaders: false } }, true],
  [
    'a stream that goes on without bytes',
    { headers: { 'content-length': '0' }, stream: { endAfterHeaders: false } },
    false,
  ],
  // A request that was aborted has lost its stream.
  ['no stream any more', { headers: {}, stream: undefined }, false],
])('sees content in a request with %s: %s', (_name, request, expected) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that is read of it
  expect(hasContent(request as IncomingMessage)).toBe(expected)
})
