import { classOf, ending, isOneOf, keptIf } from '../find.ts'
import { missingPath, type Probe } from '../probe.ts'
import { rfc, type Exchange, type Finding, type Row } from '../rule.ts'
import { field } from '../wire/answer.ts'

/** Sends a request to each path whose OPTIONS lists its method. */
const eachWith = (
  probe: Probe,
  method: string,
  question: (path: string) => Promise<Finding | undefined>,
): Promise<readonly Finding[]> =>
  probe.each(async (path) => {
    const { answer } = await probe.ask({ method: 'OPTIONS', target: path })
    const allow = answer === undefined ? '' : (field(answer, 'allow') ?? '')
    return allow.split(/[\s,]+/).includes(method) ? question(path) : undefined
  })

const unknownType = 'application/x-conformance'
const lists = (method: string): string =>
  `OPTIONS lists ${method} in Allow, and --allow-writes is given`
const refusals = [401, 403, 405]

/** Requests that may change something. */
export const writeRules: readonly Row[] = [
  {
    id: 'post-status',
    level: 'must',
    reference: rfc(9110, '9.3.3'),
    sentence: 'POST is not answered with 206, 304 or 416.',
    when: lists('POST'),
    writes: true,
    probe: (probe) =>
      eachWith(probe, 'POST', async (path) => {
        const fields = {
          Range: 'bytes=999999-',
          'If-Modified-Since': new Date().toUTCString(),
          'Content-Type': 'application/json',
        }
        const exchange = await probe.ask({ method: 'POST', target: path, fields, content: '{}' })
        return keptIf(exchange, !isOneOf(exchange, [206, 304, 416]), `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'post-created',
    level: 'practice',
    reference: rfc(9110, '15.3.2'),
    sentence: 'A 201 to POST names the new resource by Location.',
    when: 'POST is answered with 201, and --allow-writes is given',
    writes: true,
    probe: (probe) =>
      eachWith(probe, 'POST', async (path) => {
        const fields = { 'Content-Type': 'application/json' }
        const exchange = await probe.ask({
          method: 'POST',
          target: path,
          fields,
          content: '{"text":"conformance"}',
        })
        if (exchange.answer?.status !== 201) return undefined
        return keptIf(
          exchange,
          field(exchange.answer, 'location') !== undefined,
          'It has no Location.',
        )
      }),
  },
  {
    id: 'post-media-type',
    level: 'practice',
    reference: rfc(9110, '15.5.16'),
    sentence: 'POST in a media type that the resource does not take is answered with 415.',
    when: lists('POST'),
    writes: true,
    probe: (probe) =>
      eachWith(probe, 'POST', async (path) => {
        const exchange = await unknown(probe, 'POST', path)
        if (isOneOf(exchange, refusals)) return undefined
        return keptIf(exchange, isOneOf(exchange, [415]), `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'post-415-accept',
    level: 'practice',
    reference: rfc(9110, '15.5.16'),
    sentence: 'A 415 says by Accept, Accept-Post, Accept-Patch or Accept-Encoding what is taken.',
    when: 'POST is answered with 415, and --allow-writes is given',
    writes: true,
    probe: (probe) =>
      eachWith(probe, 'POST', async (path) => {
        const exchange = await unknown(probe, 'POST', path)
        const { answer } = exchange
        if (answer?.status !== 415) return undefined
        const isSaid = ['accept', 'accept-post', 'accept-patch', 'accept-encoding'].some(
          (name) => field(answer, name) !== undefined,
        )
        return keptIf(exchange, isSaid, 'It does not.')
      }),
  },
  {
    id: 'post-expect',
    level: 'practice',
    reference: rfc(9110, '10.1.1'),
    sentence: 'What will be refused is refused before its content is sent, not asked for with 100.',
    when: 'POST is answered with 415, and --allow-writes is given',
    writes: true,
    probe: (probe) =>
      eachWith(probe, 'POST', async (path) => {
        const plain = await unknown(probe, 'POST', path)
        if (!isOneOf(plain, [415])) return undefined
        const octets = `POST ${path} HTTP/1.1\r\nHost: ${probe.origin.authority}\r\nExpect: 100-continue\r\nContent-Type: ${unknownType}\r\nContent-Length: 100000000000\r\nConnection: close\r\n\r\n`
        const [exchange] = await probe.raw(octets, [{ method: 'POST', target: path }], true)
        if (exchange === undefined) return undefined
        return keptIf(
          exchange,
          exchange.answer !== undefined && exchange.interims.length === 0,
          'It got 100.',
        )
      }),
  },
  {
    id: 'put-content-range',
    level: 'should',
    reference: rfc(9110, '14.5'),
    sentence: 'PUT with Content-Range is refused, with 400 where nothing else is wrong.',
    when: lists('PUT'),
    writes: true,
    probe: (probe) =>
      eachWith(probe, 'PUT', async (path) => {
        const fields = {
          'Content-Range': 'bytes 0-1/99',
          'Content-Type': unknownType,
          'If-Match': '"conformance"',
        }
        const exchange = await probe.ask({ method: 'PUT', target: path, fields, content: 'ab' })
        return keptIf(exchange, classOf(exchange) === 4, `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'put-if-match',
    level: 'must',
    reference: rfc(9110, '13.1.1'),
    sentence: 'PUT with If-Match and another entity tag is not performed: 412, or an earlier 4xx.',
    when: lists('PUT'),
    writes: true,
    probe: (probe) => eachWith(probe, 'PUT', (path) => unmatched(probe, 'PUT', path)),
  },
  {
    id: 'delete-if-match',
    level: 'must',
    reference: rfc(9110, '13.1.1'),
    sentence:
      'DELETE with If-Match and another entity tag is not performed: 412, or an earlier 4xx.',
    when: lists('DELETE'),
    writes: true,
    probe: (probe) => eachWith(probe, 'DELETE', (path) => unmatched(probe, 'DELETE', path)),
  },
  {
    id: 'patch-media-type',
    level: 'should',
    reference: rfc(5789, '2.2'),
    sentence: 'PATCH in a media type that the resource does not take is answered with 415.',
    when: lists('PATCH'),
    writes: true,
    probe: (probe) =>
      eachWith(probe, 'PATCH', async (path) => {
        const exchange = await unknown(probe, 'PATCH', path)
        if (isOneOf(exchange, [...refusals, 428])) return undefined
        return keptIf(exchange, isOneOf(exchange, [415]), `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'patch-415-accept',
    level: 'should',
    reference: rfc(5789, '2.2'),
    sentence: 'A 415 to PATCH says by Accept-Patch what is taken.',
    when: 'PATCH is answered with 415, and --allow-writes is given',
    writes: true,
    probe: (probe) =>
      eachWith(probe, 'PATCH', async (path) => {
        const exchange = await unknown(probe, 'PATCH', path)
        if (exchange.answer?.status !== 415) return undefined
        return keptIf(
          exchange,
          field(exchange.answer, 'accept-patch') !== undefined,
          'It does not.',
        )
      }),
  },
  {
    id: 'post-missing',
    level: 'practice',
    reference: rfc(9110, '15.5.5'),
    sentence: 'POST, PUT and DELETE to what does not exist are the fault of the client (4xx).',
    when: '--allow-writes is given',
    writes: true,
    probe: async (probe) => {
      const found = ['POST', 'PUT', 'DELETE'].map((method) =>
        probe.ask({
          method,
          target: missingPath,
          fields: { 'Content-Type': unknownType },
          content: 'a',
        }),
      )
      return (await Promise.all(found)).map((exchange) =>
        keptIf(
          exchange,
          classOf(exchange) === 4 || isOneOf(exchange, [501]),
          `${exchange.request.method} got ${ending(exchange)}.`,
        ),
      )
    },
  },
]

const unknown = (probe: Probe, method: string, path: string): Promise<Exchange> =>
  probe.ask({
    method,
    target: path,
    fields: { 'Content-Type': unknownType, 'If-Match': '*' },
    content: 'conformance',
  })

async function unmatched(probe: Probe, method: string, path: string): Promise<Finding> {
  const fields = { 'If-Match': '"http-semantics-conformance"', 'Content-Type': unknownType }
  const exchange = await probe.ask({
    method,
    target: path,
    fields,
    ...(method === 'PUT' && { content: 'a' }),
  })
  return keptIf(exchange, classOf(exchange) === 4, `It got ${ending(exchange)}.`)
}
