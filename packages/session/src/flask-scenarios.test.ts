import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { handlerOf, optionsOf, refused, scenarios } from './flask-scenarios.test.helper.ts'
import { Sessions } from './sessions.ts'

const warnings: string[] = []

beforeEach(() => {
  warnings.length = 0
  vi.spyOn(process, 'emitWarning').mockImplementation((warning: string | Error) => {
    warnings.push(String(warning))
  })
})

afterEach(() => {
  vi.restoreAllMocks()
})

describe('under flaskDefaults, an answer says what Flask said', () => {
  const same = scenarios.filter(({ id }) => refused[id] === undefined)

  it.each(same)('$id $note', (scenario) => {
    const sessions = new Sessions(optionsOf(scenario))
    warnings.length = 0
    const open = sessions.open({
      cookie: scenario.request_cookie ?? undefined,
      isSecure: false,
      now: scenario.now,
    })
    handlerOf(scenario)(open.session)
    const fields = open.finish({ cacheControl: undefined })
    const isLarge = scenario.set_cookie[0]?.startsWith('<') === true
    if (isLarge) expect(fields.setCookie[0]?.length).toBeGreaterThan(4093)
    else expect(fields.setCookie).toEqual(scenario.set_cookie)
    expect(fields.vary ? ['Cookie'] : []).toEqual(scenario.vary)
    expect(fields.cacheControl).toBe(undefined)
    const sizes = warnings.filter((text) => text.includes('limit'))
    expect(sizes).toHaveLength(scenario.warnings.length)
  })
})

describe('on purpose not as Flask', () => {
  const scenarioOf = (id: string): (typeof scenarios)[number] => {
    const found = scenarios.find((scenario) => scenario.id === id)
    if (found === undefined) throw new Error(`no scenario ${id}`)
    return found
  }

  it.each([
    ['attr-none', /sessionCookieSameSite: 'None' needs sessionCookieSecure: true/],
    ['attr-samesite-bad', /sessionCookieSameSite must be 'Lax', 'Strict', 'None' or null/],
    ['no-key-write', /secretKey must be a string or a Uint8Array, got nothing/],
    ['empty-key-write', /secretKey must not be empty/],
    ['rotation-fallback-without-key', /secretKey must be a string or a Uint8Array, got nothing/],
  ])('%s is refused at construction', (id, message) => {
    expect(() => new Sessions(optionsOf(scenarioOf(id)))).toThrow(message)
  })

  it('nested-change is noticed', () => {
    const scenario = scenarioOf('nested-change')
    const open = new Sessions(optionsOf(scenario)).open({
      cookie: scenario.request_cookie ?? undefined,
      isSecure: false,
      now: scenario.now,
    })
    handlerOf(scenario)(open.session)
    expect(open.session.modified).toBe(true)
    expect(open.finish({ cacheControl: undefined }).setCookie).toEqual([
      expect.stringMatching(/^session=eyJsIjpbMSwyXX0\./),
    ])
  })

  it('names no scenario that is not there', () => {
    for (const id of Object.keys(refused)) scenarioOf(id)
    expect(scenarios).toHaveLength(45)
  })
})
