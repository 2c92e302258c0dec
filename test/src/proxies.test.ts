import { describe, expect, it } from 'vitest'
import { frameworks } from './hosts.ts'
import { startServer } from './servers.ts'
import { exchange, field, parseAnswer } from './wire.ts'

const trusted = 'good.example'
const other = 'evil.example'

/** What a proxy may add, and others before it: the frameworks differ in which of several they take. */
const forwarded = [
  [`X-Forwarded-Host: ${trusted}`],
  [`X-Forwarded-Host: ${other}`],
  [`X-Forwarded-Host: ${trusted}, ${other}`],
  [`X-Forwarded-Host: ${other}, ${trusted}`],
  [`X-Forwarded-Host: ${trusted}`, `X-Forwarded-Host: ${other}`],
  [`X-Forwarded-Host: ${other}`, `X-Forwarded-Host: ${trusted}`],
  [`X-Forwarded-Host: ${trusted}:8443`],
  [`X-Forwarded-Host: ${trusted.toUpperCase()}`],
  [`X-Forwarded-Host: ${trusted}@${other}`],
  [`X-Forwarded-Host: ${trusted}.${other}`],
  ['X-Forwarded-Host: a b'],
  ['X-Forwarded-Host:'],
  [`Forwarded: host=${other}`],
  [],
]

describe.each(frameworks)('%s behind a proxy', (framework) => {
  const ask = async (trustProxy: boolean, lines: readonly string[]): Promise<string> => {
    const semantics = { trustedHosts: [trusted] }
    const port = await startServer(framework, { semantics, trustProxy })
    const message = ['GET /a HTTP/1.1', ...lines, 'Connection: close', '', ''].join('\r\n')
    const answer = parseAnswer(await exchange(port, message))
    if (answer.status === 200) return answer.content
    expect(field(answer, 'Content-Type')).toBe('application/problem+json')
    return String(answer.status)
  }

  it.each(forwarded.map((lines) => ({ name: lines.join(' and ') || 'nothing', lines })))(
    'counts only where it is trusted, and shows the app no other host: $name',
    async ({ lines }) => {
      for (const host of [trusted, other]) {
        const shown = await ask(true, [`Host: ${host}`, ...lines])
        expect(shown).toMatch(/^(?:host good\.example(?::8443)?|400)$/i)
      }
      expect(await ask(false, [`Host: ${trusted}`, ...lines])).toBe(`host ${trusted}`)
      expect(await ask(false, [`Host: ${other}`, ...lines])).toBe('400')
    },
  )

  it.each([
    ['the host the client asked for', `X-Forwarded-Host: ${trusted}`, `host ${trusted}`],
    ['that host with its port', `X-Forwarded-Host: ${trusted}:8443`, `host ${trusted}:8443`],
    ['a host that is not ours', `X-Forwarded-Host: ${other}`, '400'],
  ])('tells %s where it is trusted', async (_name, line, answer) => {
    expect(await ask(true, ['Host: internal', line])).toBe(answer)
  })
})
