import { linkedPaths } from './discover.ts'
import { openapiPaths } from './openapi.ts'
import { checkOptions, type CheckOptions } from './options.ts'
import { missingPath, Probe, type Bounds } from './probe.ts'
import { failureOf, type Report, type RuleResult } from './report.ts'
import { levels, type Finding, type Rule } from './rule.ts'
import { rules } from './rules/index.ts'
import { selectRules } from './select.ts'
import { survey } from './survey.ts'
import type { Answer } from './wire/answer.ts'
import { UnreachableError } from './wire/connect.ts'
import { Http2Client } from './wire/http2.ts'
import { parseOrigin, type Origin } from './wire/origin.ts'

const mebibyte = 2 ** 20

/**
 * Checks whether a server keeps the rules of HTTP.
 *
 * @param url - Where the server is: `'http://127.0.0.1:3000/'`. Its path is the first to be looked at.
 * @param options - What to look at, and what bounds the run.
 * @returns What was found. It is not rejected because rules are broken: see `passed`.
 * @throws TypeError for a wrong URL or option; UnreachableError where the server cannot be reached.
 *
 * @example
 * ```ts
 * import { check } from '@http-semantics/conformance'
 * import { createServer } from 'node:http'
 *
 * const server = createServer((request, response) => response.end('hello'))
 * await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
 * const { port } = server.address()
 * const report = await check(`http://127.0.0.1:${port}/`, { only: ['host-missing', 'method-case'] })
 * server.close()
 *
 * report.passed // => true
 * report.results.map(({ id, outcome }) => `${id}: ${outcome}`) // => ['host-missing: held', 'method-case: held']
 * ```
 */
export async function check(url: string | URL, options: CheckOptions = {}): Promise<Report> {
  checkOptions(options)
  const begun = Date.now()
  const origin = parseOrigin(url)
  const selected = selectRules(rules, options.only ?? [], options.skip ?? [])
  const bounds: Bounds = {
    timeout: options.timeout ?? 5000,
    grace: options.grace ?? 500,
    insecure: options.insecure ?? false,
    limit: 4 * mebibyte,
    connections: options.connections ?? 4,
    delay: options.delay ?? 0,
    signal: options.signal,
  }
  const documented = options.openapi === undefined ? [] : openapiPaths(options.openapi)
  const first = await firstAnswer(origin, bounds)
  const http2 = await Http2Client.connect(origin, bounds).catch((error: unknown) => {
    if (bounds.signal?.aborted === true) return undefined
    throw error
  })
  const paths = [
    ...new Set([
      origin.path,
      ...(options.paths ?? []),
      ...documented,
      ...(options.links === false || first === undefined ? [] : linkedPaths(first, origin)),
    ]),
  ].slice(0, Math.max(options.maxPaths ?? 12, 1 + (options.paths?.length ?? 0)))
  const probe = new Probe(origin, paths, bounds, http2)
  const done = new Map<string, RuleResult>()
  const finish = (rule: Rule, found: readonly Finding[], reason?: string): void => {
    done.set(rule.id, resultOf(rule, found, options, reason))
    options.onProgress?.(done.size, selected.length, rule.id)
  }
  try {
    if (selected.some(({ judge }) => judge !== undefined)) await survey(probe)
    // What may change the server comes last: other rules compare answers.
    for (const writes of [false, true]) {
      const turn = selected.filter((rule) => (rule.writes ?? false) === writes)
      // oxlint-disable-next-line no-await-in-loop -- one turn after the other is the point
      await Promise.all(turn.map((rule) => runProbe(rule, probe, options, finish)))
    }
    for (const rule of selected) {
      if (rule.judge !== undefined) finish(rule, judgeAll(rule, probe))
    }
  } catch (error) {
    if (bounds.signal?.aborted !== true) throw error
    // Of what came by then, a breach is a breach; that there was none would prove nothing.
    for (const rule of selected) {
      const found = judgeAll(rule, probe)
      if (found.some(({ broken }) => broken !== undefined)) finish(rule, found)
    }
  } finally {
    http2?.close()
  }
  const results = selected.flatMap(({ id }) => done.get(id) ?? [])
  const failed = results.filter(({ outcome }) => outcome === 'failed')
  const counting = levels.slice(0, levels.indexOf(options.level ?? 'must') + 1)
  return {
    url: String(url),
    complete: results.length === selected.length,
    passed:
      results.length === selected.length &&
      probe.unreached === 0 &&
      !failed.some(({ level, known }) => !known && counting.includes(level)),
    paths,
    protocols: ['HTTP/1.1', ...(http2 === undefined ? [] : ['HTTP/2'])],
    exchanges: probe.exchanges.length,
    unreached: probe.unreached,
    milliseconds: Date.now() - begun,
    counts: {
      held: results.filter(({ outcome }) => outcome === 'held').length,
      failed: failed.length,
      new: failed.filter(({ known }) => !known).length,
      notApplicable: results.filter(({ outcome }) => outcome === 'not applicable').length,
    },
    results,
  }
}

/**
 * The first exchange tells whether there is a server at all, and what its page links to.
 *
 * @returns The answer; `undefined` where the run was stopped, or another path alone is answered.
 * @throws UnreachableError where nothing is answered.
 */
async function firstAnswer(origin: Origin, bounds: Bounds): Promise<Answer | undefined> {
  try {
    const probe = new Probe(origin, [origin.path], bounds, undefined)
    const { answer, end, rest } = await probe.get(origin.path)
    if (answer !== undefined) return answer
    // One page may be broken on a server that speaks HTTP: that is for the rules to say.
    if ((await probe.get(missingPath)).answer !== undefined) return undefined
    const reason =
      rest !== ''
        ? 'what it sends is no answer of HTTP/1.1. Is it the right port?'
        : end === 'timeout'
          ? `no answer came within ${bounds.timeout} ms.`
          : 'it closes the connection without an answer. Is it the right scheme?'
    const where = `${origin.secure ? 'https' : 'http'}://${origin.authority}`
    throw new UnreachableError(`${where} cannot be checked: ${reason}`)
  } catch (error) {
    if (bounds.signal?.aborted === true) return undefined
    throw error
  }
}

async function runProbe(
  rule: Rule,
  probe: Probe,
  { allowWrites = false }: CheckOptions,
  finish: (rule: Rule, found: readonly Finding[], reason?: string) => void,
): Promise<void> {
  if (rule.probe === undefined) return
  if (rule.writes === true && !allowWrites) {
    return finish(rule, [], 'It may change something on the server: --allow-writes was not given.')
  }
  if (rule.area === 'HTTP/2' && probe.http2 === undefined) {
    return finish(rule, [], 'The server does not offer HTTP/2 by ALPN.')
  }
  try {
    finish(rule, await rule.probe(probe))
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error
    finish(rule, [], `The connection failed on the way: ${error.message}`)
  }
}

/** What a rule about answers says of each that came. */
function judgeAll(rule: Rule, probe: Probe): readonly Finding[] {
  return probe.exchanges.flatMap((exchange) => {
    const { answer } = exchange
    if (answer === undefined || rule.judge === undefined) return []
    const verdict = rule.judge({ ...exchange, answer })
    if (verdict === undefined) return []
    return verdict === true ? [{ exchange }] : [{ exchange, broken: verdict }]
  })
}

function resultOf(
  { id, area, level, sentence, reference, when }: Rule,
  found: readonly Finding[],
  { baseline = [] }: CheckOptions,
  reason: string | undefined,
): RuleResult {
  const failures = found.flatMap(({ exchange, broken }) =>
    broken === undefined ? [] : [failureOf(exchange, broken)],
  )
  const common = { id, area, level, sentence, reference, checked: found.length }
  if (failures.length > 0) {
    return {
      ...common,
      outcome: 'failed',
      failures: failures.slice(0, 10),
      known: baseline.includes(id),
    }
  }
  if (found.length > 0) return { ...common, outcome: 'held', failures: [], known: false }
  return {
    ...common,
    outcome: 'not applicable',
    reason: reason ?? `It applies when ${when}.`,
    failures: [],
    known: false,
  }
}
