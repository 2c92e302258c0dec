import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
// @ts-expect-error -- compiled, the path would be another; nobody runs it compiled
import * as flask from '../../packages/session/src/flask-scenarios.test.helper.ts'
import { start } from './apps.ts'
import { frameworks } from './hosts.ts'
import { field, send } from './wire.ts'

beforeEach(() => {
  vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Requests that are no GET of the page. */
const requests: Readonly<Record<string, { readonly method?: string; readonly target?: string }>> = {
  'permanent-404': { target: '/missing' },
  'permanent-head': { method: 'HEAD' },
  'permanent-options': { method: 'OPTIONS' },
}

const { handlerOf, optionsOf, refused, scenarios } = flask

const same = scenarios.filter(({ id }) => refused[id] === undefined)

describe.each(frameworks)('%s, under flaskDefaults, answers what Flask answered', (framework) => {
  it.each(same)('$id $note', async (scenario) => {
    vi.useFakeTimers({ toFake: ['Date'], now: scenario.now * 1000 })
    const port = await start(framework, {
      session: optionsOf(scenario),
      routes: [
        [
          'GET',
          '/',
          (reply) => {
            handlerOf(scenario)(reply.session())
            reply.send(200, 'ok')
          },
        ],
      ],
    })
    const { id, request_cookie: cookie, set_cookie: cookies } = scenario
    const { method = 'GET', target = '/' } = requests[id] ?? {}
    const fields = cookie === null ? {} : { Cookie: cookie }
    const answer = await send(port, { method, target, fields })
    // Flask answers OPTIONS with an empty 200, we with a 204.
    expect(answer.status).toBe(method === 'OPTIONS' ? 204 : scenario.status)
    const lines = answer.fields
      .filter(([name]) => name.toLowerCase() === 'set-cookie')
      .map(([, value]) => value)
    // The recording has the length of what is too long to be worth keeping.
    if (cookies[0]?.startsWith('<') === true) expect(lines[0]?.length).toBeGreaterThan(4093)
    else expect(lines).toEqual(cookies)
    const vary = field(answer, 'Vary')?.split(', ') ?? []
    expect(vary.filter((name) => name === 'Cookie')).toEqual(scenario.vary)
    // Not the session, but a response rule keeps cookies out of shared caches; OPTIONS is in none.
    const isCacheable = cookies.length > 0 && method !== 'OPTIONS'
    expect(field(answer, 'Cache-Control')).toBe(isCacheable ? 'private' : undefined)
  })
})
