import { expect, it } from 'vitest'
import * as session from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(session).toSorted()).toEqual([
    'CookieCodec',
    'Float',
    'Markup',
    'Sessions',
    'Tuple',
    'Uuid',
    'decodeValue',
    'encodeValue',
    'flaskKeys',
    'formatSession',
    'fromFlaskConfig',
    'fromPrefixedEnv',
    'parseSession',
    'readCookie',
    'sessionChannel',
    'sessionOptionNames',
  ])
})
