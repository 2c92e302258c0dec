import { describe, expect, expectTypeOf, it } from 'vitest'
import { formatAllow } from './allow.ts'
import { decideMethod, refusedMethods, serverMethods, type MethodDecision } from './decide.ts'

const methods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PROPFIND', 'TRACE', 'CONNECT', 'get', 'BREW']

/** All subsets of a list. */
function subsets([first, ...rest]: readonly string[]): string[][] {
  if (first === undefined) return [[]]
  return subsets(rest).flatMap((set) => [set, [first, ...set]])
}

const allowedOnes = [
  undefined,
  'any' as const,
  ...subsets(['GET', 'HEAD', 'OPTIONS', 'PUT', 'TRACE', 'get']).map((list) => new Set(list)),
]
const knownOnes = subsets(['GET', 'PUT', 'PROPFIND', 'TRACE']).map((list) => new Set(list))
const refusedOnes = [undefined, [], ['TRACE'], ['PUT'], ['OPTIONS'], ['GET'], ['HEAD', 'PROPFIND']]

interface Question {
  method: string
  allowed: ReadonlySet<string> | 'any' | undefined
  known: ReadonlySet<string>
  refused: readonly string[]
}

/** The precedence as design and RFC 9110 have it, one sentence per line. */
function oracle({ method, allowed, known, refused }: Question): string {
  const serverWide = new Set([...known, 'GET', 'HEAD', 'OPTIONS'])
  const list = (of: ReadonlySet<string>): string => {
    const full = new Set(of).add('OPTIONS')
    if (of.has('GET')) full.add('HEAD')
    return [...full]
      .filter((name) => !refused.includes(name))
      .toSorted()
      .join(', ')
  }
  // What is refused everywhere is 405, on every path; an unknown path lists the server's methods.
  if (refused.includes(method)) {
    return `405 ${list(allowed instanceof Set ? allowed : serverWide)}`
  }
  // The resource has it.
  if (allowed === 'any') return 'pass'
  if (allowed?.has(method)) return 'pass'
  if (method === 'HEAD' && allowed?.has('GET')) return 'pass'
  // Every resource answers OPTIONS.
  if (method === 'OPTIONS' && allowed !== undefined) return `204 ${list(allowed)}`
  // A method of no route is 501, before 404.
  if (!serverWide.has(method)) return '501'
  // No such resource: the host's 404.
  if (allowed === undefined) return 'pass'
  return `405 ${list(allowed)}`
}

function decided(decision: MethodDecision): string {
  if (decision.action === 'pass') return 'pass'
  if (!('allow' in decision)) return String(decision.status)
  const sorted = decision.allow
    .split(', ')
    .filter((name) => name !== '')
    .toSorted()
  return `${decision.status} ${sorted.join(', ')}`
}

describe('decideMethod', () => {
  it.each(methods)(
    'follows the precedence for %s, whatever is allowed, known and refused',
    (method) => {
      const wrong: unknown[] = []
      for (const allowed of allowedOnes) {
        for (const known of knownOnes) {
          for (const refused of refusedOnes) {
            const question = { method, allowed, known, refused }
            const wanted = oracle({ ...question, refused: refused ?? ['TRACE', 'CONNECT'] })
            const got = decided(decideMethod(question))
            if (got !== wanted) wrong.push({ ...question, wanted, got })
          }
        }
      }
      expect(wrong).toEqual([])
      expect(allowedOnes.length * knownOnes.length * refusedOnes.length).toBe(66 * 16 * 7)
    },
  )

  const known = new Set(['GET', 'PUT', 'POST'])
  const allowed = new Set(['PUT', 'GET'])

  it.each([
    ['passes a method of the resource', 'PUT', allowed, { action: 'pass' }],
    ['passes HEAD with GET', 'HEAD', allowed, { action: 'pass' }],
    ['leaves an unknown resource to the host', 'GET', undefined, { action: 'pass' }],
    ['leaves OPTIONS of an unknown resource to the host', 'OPTIONS', undefined, { action: 'pass' }],
    [
      'passes anything to a handler that takes anything',
      'BREW',
      'any' as const,
      { action: 'pass' },
    ],
    [
      'answers OPTIONS',
      'OPTIONS',
      allowed,
      { action: 'answer', status: 204, allow: 'GET, HEAD, PUT, OPTIONS' },
    ],
    [
      'refuses a method of other resources with 405',
      'POST',
      allowed,
      { action: 'refuse', status: 405, allow: 'GET, HEAD, PUT, OPTIONS' },
    ],
    [
      'refuses a known method in lower case: methods are case-sensitive',
      'put',
      allowed,
      { action: 'refuse', status: 501 },
    ],
    ['refuses a method of no route with 501', 'BREW', allowed, { action: 'refuse', status: 501 }],
    [
      'refuses a method of no route with 501, before 404',
      'BREW',
      undefined,
      { action: 'refuse', status: 501 },
    ],
    [
      'refuses TRACE on an unknown path with the methods of the server',
      'TRACE',
      undefined,
      { action: 'refuse', status: 405, allow: 'GET, HEAD, POST, PUT, OPTIONS' },
    ],
    [
      'refuses CONNECT even where a handler takes anything',
      'CONNECT',
      'any' as const,
      { action: 'refuse', status: 405, allow: 'GET, HEAD, POST, PUT, OPTIONS' },
    ],
  ])('%s', (_, method, of, decision) => {
    expect(decideMethod({ method, allowed: of, known })).toEqual(decision)
  })

  it('never offers in Allow what it would refuse', () => {
    for (const refused of refusedOnes) {
      const decision = decideMethod({ method: 'POST', allowed, known, refused })
      const offered = 'allow' in decision ? decision.allow.split(', ') : []
      const answers = offered.map((method) => decideMethod({ method, allowed, known, refused }))
      expect(answers.filter(({ action }) => action === 'refuse')).toEqual([])
    }
  })

  it('has an Allow with every 405 and 204, by type', () => {
    type With<Status> = Extract<MethodDecision, { status: Status }>
    expectTypeOf<With<405>>().toHaveProperty('allow').toBeString()
    expectTypeOf<With<204>>().toHaveProperty('allow').toBeString()
    expectTypeOf<With<501>>().not.toHaveProperty('allow')
  })
})

describe('refusedMethods and serverMethods', () => {
  it('refuse the two traps by default', () => {
    expect(refusedMethods).toEqual(['TRACE', 'CONNECT'])
  })

  it('add to the methods of the routes what every server knows', () => {
    expect(formatAllow(serverMethods(new Set()))).toBe('GET, HEAD, OPTIONS')
    expect(formatAllow(serverMethods(new Set(['PUT', 'BREW'])))).toBe(
      'GET, HEAD, PUT, OPTIONS, BREW',
    )
  })
})
