import { missingPath, type Probe } from './probe.ts'
import { field } from './wire/answer.ts'
import { UnreachableError } from './wire/connect.ts'
import type { Request } from './wire/request.ts'

/** A field whose value no server has a reason to know. */
export const unknownTag = '"http-semantics-conformance"'

/**
 * Asks every path what an ordinary client might, so that the rules about answers have some to look at.
 */
export async function survey(probe: Probe): Promise<void> {
  await allAnswered([
    probe.pipe([
      { method: 'GET', target: probe.path, close: false },
      { method: 'GET', target: probe.path },
    ]),
    probe.ask({ method: 'OPTIONS', target: '*' }),
    probe.raw(`GET ${probe.path} HTTP/1.1\r\nConnection: close\r\n\r\n`, [
      { method: 'GET', target: probe.path, malformed: true },
    ]),
    ...['GET', 'HEAD', 'OPTIONS'].map((method) => probe.ask({ method, target: missingPath })),
    ...probe.paths.map((path) => surveyPath(probe, path)),
  ])
}

async function surveyPath(probe: Probe, path: string): Promise<void> {
  const plain = await probe.get(path)
  const { answer } = plain
  await probe.ask({ method: 'HEAD', target: path })
  const tag = answer && field(answer, 'etag')
  const date = answer && field(answer, 'last-modified')
  const variants: Request['fields'][] = [
    { Accept: 'application/json' },
    { 'Accept-Encoding': 'gzip' },
    { Range: 'bytes=0-0' },
    { Range: 'bytes=99999999-' },
    { 'If-Match': unknownTag },
    ...(tag === undefined ? [] : [{ 'If-None-Match': tag }]),
    ...(date === undefined ? [] : [{ 'If-Modified-Since': date }]),
  ]
  await allAnswered([
    ...variants.map((fields) => probe.get(path, fields)),
    probe.ask({ method: 'OPTIONS', target: path }),
    probe.ask({ method: 'CONFORMANCE', target: path }),
    probe.ask({ method: 'GET', target: path, version: 'HTTP/1.0' }),
    probe.ask2({ method: 'GET', target: path }),
    probe.ask2({ method: 'HEAD', target: path }),
    probe.ask2({ method: 'OPTIONS', target: path }),
    ...(tag === undefined
      ? []
      : [probe.ask2({ method: 'GET', target: path, fields: { 'If-None-Match': tag } })]),
  ])
}

/** Waits for all; a connection that failed on the way is no reason to stop. */
async function allAnswered(asked: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(asked)) {
    if (result.status === 'rejected' && !(result.reason instanceof UnreachableError))
      throw result.reason
  }
}
