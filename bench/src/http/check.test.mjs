import { expect, it } from 'vitest'
import { cases } from './cases.mjs'
import { checkAnswer } from './check.mjs'

const caseOf = (wanted) => cases.find(({ name }) => name === wanted)
const secured = {
  'x-frame-options': 'SAMEORIGIN',
  'content-security-policy': "default-src 'self'",
  'x-content-type-options': 'nosniff',
}
const text = { 'content-type': 'text/plain; charset=utf-8' }
const answer = (status, fields, content) => ({
  status,
  fields: new Map(Object.entries(fields)),
  content,
})
const hello = { framework: 'koa', stack: 'ours', one: caseOf('hello') }

it.each([
  ['ours', answer(200, { ...secured, ...text }, 'hello'), hello],
  ['bare', answer(200, text, 'hello'), { ...hello, stack: 'bare' }],
  [
    'no 405 of bare Koa',
    answer(404, {}, 'Not Found'),
    { ...hello, stack: 'bare', one: caseOf('405') },
  ],
  [
    'koa-helmet, whose fields Koa takes off errors',
    answer(403, {}, 'Forbidden'),
    { ...hello, stack: 'peers', one: caseOf('error') },
  ],
])('takes the answer of %s', (_title, given, cell) => {
  expect(() => checkAnswer(given, cell)).not.toThrow()
})

it.each([
  ['status', answer(201, { ...secured, ...text }, 'hello'), hello],
  ['content', answer(200, { ...secured, ...text }, 'hallo'), hello],
  ['Content-Type', answer(200, { ...secured, 'content-type': 'text/html' }, 'hello'), hello],
  [
    'X-Frame-Options',
    answer(200, { ...secured, ...text, 'x-frame-options': 'DENY' }, 'hello'),
    hello,
  ],
  ['X-Frame-Options', answer(200, { ...secured, ...text }, 'hello'), { ...hello, stack: 'bare' }],
  ['X-Powered-By', answer(200, { ...secured, ...text, 'x-powered-by': 'Koa' }, 'hello'), hello],
  ['Allow', answer(405, secured, ''), { ...hello, one: caseOf('405') }],
  [
    'content',
    answer(200, { ...secured, ...text }, 'hello'),
    { ...hello, one: caseOf('session-read') },
  ],
  [
    'Set-Cookie',
    answer(200, { ...secured, ...text }, 'ann'),
    { ...hello, one: caseOf('session-write') },
  ],
])('refuses another %s', (what, given, cell) => {
  expect(() => checkAnswer(given, cell)).toThrow(`another ${what}`)
})
