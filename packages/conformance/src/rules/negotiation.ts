import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { classOf, ending, keptIf } from '../find.ts'
import type { Probe } from '../probe.ts'
import { rfc, type Exchange, type Finding, type Row } from '../rule.ts'
import { field, members } from '../wire/answer.ts'

/** What undoes a content coding. */
const decoders: Readonly<Record<string, (content: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

const codingOf = ({ answer }: Exchange): string =>
  (answer === undefined ? '' : (field(answer, 'content-encoding') ?? '')).toLowerCase()

/** The answers to GET in gzip, by paths that have it, beside the plain ones. */
const coded = async (
  probe: Probe,
  judge: (coded: Exchange, plain: Exchange) => Finding | undefined,
): Promise<readonly Finding[]> =>
  probe.each(async (path) => {
    const [gzip, plain] = await Promise.all([
      probe.get(path, { 'Accept-Encoding': 'gzip' }),
      probe.get(path, { 'Accept-Encoding': 'identity' }),
    ])
    if (codingOf(gzip) === '' || gzip.answer?.whole !== true) return undefined
    return judge(gzip, plain)
  })

const hasContent = ({ answer }: Exchange): boolean =>
  answer !== undefined && answer.whole && answer.status === 200 && answer.content.length > 0

const inGzip = 'GET is answered with a content coding to Accept-Encoding: gzip'

/** Variants of a resource, and content codings. */
export const negotiationRules: readonly Row[] = [
  {
    id: 'coding-decodes',
    level: 'must',
    reference: rfc(9110, '8.4'),
    sentence: 'Content is in the coding that Content-Encoding names.',
    when: inGzip,
    probe: (probe) =>
      coded(probe, (gzip) => {
        const decode = decoders[codingOf(gzip)]
        if (decode === undefined || gzip.answer === undefined || !hasContent(gzip)) return undefined
        try {
          decode(gzip.answer.content)
          return { exchange: gzip }
        } catch (error) {
          return {
            exchange: gzip,
            broken: `It is not: ${error instanceof Error ? error.message : ''}.`,
          }
        }
      }),
  },
  {
    id: 'coding-same',
    level: 'must',
    reference: rfc(9110, '8.4'),
    sentence: 'Content in a coding is the content without it, once decoded.',
    when: inGzip,
    probe: (probe) =>
      coded(probe, (gzip, plain) => {
        const decode = decoders[codingOf(gzip)]
        if (
          decode === undefined ||
          !hasContent(gzip) ||
          !hasContent(plain) ||
          codingOf(plain) !== ''
        )
          return undefined
        // What changes from one answer to the next cannot be compared.
        if (tagsOf(plain) === undefined || modified(plain) !== modified(gzip)) return undefined
        try {
          const isSame = decode(gzip.answer?.content ?? Buffer.alloc(0)).equals(
            plain.answer?.content ?? Buffer.alloc(0),
          )
          return keptIf(gzip, isSame, 'It is something else.')
        } catch {
          return undefined
        }
      }),
  },
  {
    id: 'coding-asked',
    level: 'should',
    reference: rfc(9110, '12.5.3'),
    sentence: 'Content goes without a coding to a client that takes none.',
    when: 'GET is answered with 200',
    probe: (probe) =>
      probe.each(async (path) => {
        const exchange = await probe.get(path, { 'Accept-Encoding': 'identity, *;q=0' })
        if (exchange.answer?.status !== 200) return undefined
        return keptIf(exchange, codingOf(exchange) === '', `It is in ${codingOf(exchange)}.`)
      }),
  },
  {
    id: 'coding-vary',
    level: 'should',
    reference: rfc(9110, '12.5.5'),
    sentence: 'What goes with and without a coding names Accept-Encoding in Vary.',
    when: inGzip,
    probe: (probe) =>
      coded(probe, (gzip, plain) => {
        if (codingOf(plain) === codingOf(gzip)) return undefined
        const isTold = [gzip, plain].every(
          ({ answer }) =>
            answer === undefined ||
            ['accept-encoding', '*'].some((name) => members(answer, 'vary').includes(name)),
        )
        return keptIf(gzip, isTold, 'One of both does not.')
      }),
  },
  {
    id: 'coding-etag',
    level: 'must',
    reference: rfc(9110, '8.8.1'),
    sentence: 'A strong entity tag is not that of another content coding.',
    when: `${inGzip}, with a strong entity tag`,
    probe: (probe) =>
      coded(probe, (gzip, plain) => {
        const tag = tagsOf(gzip)
        if (tag === undefined || tag.startsWith('W/') || codingOf(plain) === codingOf(gzip))
          return undefined
        return keptIf(gzip, tag !== tagsOf(plain), `Both have ${tag}.`)
      }),
  },
  {
    id: 'accept-vary',
    level: 'should',
    reference: rfc(9110, '12.5.5'),
    sentence: 'A resource that answers by Accept in different media types names Accept in Vary.',
    when: 'GET is answered in another media type to Accept: application/json',
    probe: (probe) =>
      probe.each(async (path) => {
        const [json, plain] = await Promise.all([
          probe.get(path, { Accept: 'application/json' }),
          probe.get(path),
        ])
        if (classOf(json) !== 2 || classOf(plain) !== 2) return undefined
        const [one, other] = [json, plain].map(
          ({ answer }) => answer && field(answer, 'content-type'),
        )
        if (one === other) return undefined
        const isTold = [json, plain].every(
          ({ answer }) =>
            answer === undefined ||
            ['accept', '*'].some((name) => members(answer, 'vary').includes(name)),
        )
        return keptIf(json, isTold, `It is ${one} or ${other}, and Vary does not tell why.`)
      }),
  },
  {
    id: 'accept-broken',
    level: 'practice',
    reference: rfc(9110, '12.5.1'),
    sentence: 'An Accept that cannot be read is no fault of the server (5xx).',
    when: 'the server answers at all',
    probe: async (probe) => {
      const fields = {
        Accept: ';;q=x,/,text',
        'Accept-Language': ';;,-',
        'Accept-Encoding': ';q,,',
      }
      const exchange = await probe.get(probe.path, fields)
      const isKept = exchange.answer !== undefined && classOf(exchange) !== 5
      return [keptIf(exchange, isKept, `It got ${ending(exchange)}.`)]
    },
  },
]

const tagsOf = ({ answer }: Exchange): string | undefined => answer && field(answer, 'etag')
const modified = ({ answer }: Exchange): string | undefined =>
  answer && field(answer, 'last-modified')
