import { ending, isOneOf, keptIf } from '../find.ts'
import type { Probe } from '../probe.ts'
import { rfc, type Exchange, type Finding, type Row } from '../rule.ts'
import { unknownTag } from '../survey.ts'
import { field, members, type Answer } from '../wire/answer.ts'

/** A path that has ranges: its whole answer. */
interface Ranged {
  readonly path: string
  readonly whole: Answer
}

const offered = 'GET is answered with a 200 of two octets or more that has Accept-Ranges: bytes'

/** Puts a question to each path that offers ranges of bytes. */
const eachRanged = (
  probe: Probe,
  question: (ranged: Ranged) => Promise<Finding | undefined>,
): Promise<readonly Finding[]> =>
  probe.each(async (path) => {
    const { answer } = await probe.get(path)
    if (answer?.status !== 200 || answer.content.length < 2 || !answer.whole) return undefined
    if (!members(answer, 'accept-ranges').includes('bytes')) return undefined
    return question({ path, whole: answer })
  })

/** A 206 for one range of the whole. */
function judgePart(
  exchange: Exchange,
  whole: Answer,
  first: number,
  last: number,
): Finding | undefined {
  const { answer } = exchange
  if (answer?.status !== 206) return undefined
  const wanted = `bytes ${first}-${last}/${whole.content.length}`
  const said = field(answer, 'content-range')
  if (said !== wanted)
    return { exchange, broken: `Content-Range is ${said} in place of ${wanted}.` }
  const isSame = answer.content.equals(whole.content.subarray(first, last + 1))
  return keptIf(exchange, isSame, 'Its content is not that part.')
}

/** A rule that a request with Range is answered as if it had none. */
const ignored = (
  id: string,
  section: string,
  sentence: string,
  fields: (ranged: Ranged) => Readonly<Record<string, string>> | undefined,
  when = offered,
): Row => ({
  id: `range-${id}`,
  level: 'must',
  reference: rfc(9110, section),
  sentence,
  when,
  probe: (probe) =>
    eachRanged(probe, async (ranged) => {
      const given = fields(ranged)
      if (given === undefined) return undefined
      const exchange = await probe.get(ranged.path, given)
      return keptIf(
        exchange,
        isOneOf(exchange, [200]),
        `It got ${ending(exchange)} in place of 200.`,
      )
    }),
})

/** Requests for a part. */
export const rangeRules: readonly Row[] = [
  {
    id: 'range-part',
    level: 'should',
    reference: rfc(9110, '14.2'),
    sentence: 'A range of bytes is answered with 206.',
    when: offered,
    probe: (probe) =>
      eachRanged(probe, async ({ path }) => {
        const exchange = await probe.get(path, { Range: 'bytes=0-0' })
        return keptIf(exchange, isOneOf(exchange, [206]), `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'range-first',
    level: 'must',
    reference: rfc(9110, '15.3.7.1'),
    sentence: 'A 206 has the part that was asked for, and says by Content-Range which it is.',
    when: 'a range of bytes is answered with 206',
    probe: (probe) =>
      eachRanged(probe, async ({ path, whole }) =>
        judgePart(await probe.get(path, { Range: 'bytes=0-0' }), whole, 0, 0),
      ),
  },
  {
    id: 'range-last',
    level: 'must',
    reference: rfc(9110, '14.1.2'),
    sentence: 'A suffix range is counted from the end.',
    when: 'a range of bytes is answered with 206',
    probe: (probe) =>
      eachRanged(probe, async ({ path, whole }) => {
        const { length } = whole.content
        return judgePart(
          await probe.get(path, { Range: 'bytes=-2' }),
          whole,
          length - 2,
          length - 1,
        )
      }),
  },
  {
    id: 'range-beyond',
    level: 'must',
    reference: rfc(9110, '14.1.2'),
    sentence: 'A range that ends behind the end is taken up to the end.',
    when: 'a range of bytes is answered with 206',
    probe: (probe) =>
      eachRanged(probe, async ({ path, whole }) => {
        const last = whole.content.length - 1
        return judgePart(await probe.get(path, { Range: `bytes=1-${last + 1000}` }), whole, 1, last)
      }),
  },
  {
    id: 'range-unsatisfiable',
    level: 'should',
    reference: rfc(9110, '14.2'),
    sentence: 'A range behind the end is answered with 416.',
    when: offered,
    probe: (probe) =>
      eachRanged(probe, async ({ path, whole }) => {
        const exchange = await probe.get(path, { Range: `bytes=${whole.content.length}-` })
        return keptIf(exchange, isOneOf(exchange, [416]), `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'range-head',
    level: 'must',
    reference: rfc(9110, '14.2'),
    sentence: 'Range is not looked at for another method than GET.',
    when: offered,
    probe: (probe) =>
      eachRanged(probe, async ({ path }) => {
        const exchange = await probe.ask({
          method: 'HEAD',
          target: path,
          fields: { Range: 'bytes=0-0' },
        })
        return keptIf(exchange, isOneOf(exchange, [200]), `HEAD got ${ending(exchange)}.`)
      }),
  },
  ignored(
    'unit',
    '14.2',
    'A range in a unit that the server does not know is not looked at.',
    () => ({
      Range: 'conformance=0-0',
    }),
  ),
  ignored(
    'if-range',
    '13.1.5',
    'Range is not looked at where If-Range has another entity tag.',
    () => ({ Range: 'bytes=0-0', 'If-Range': unknownTag }),
  ),
  ignored(
    'if-range-date',
    '13.1.5',
    'Range is not looked at where If-Range has another date.',
    ({ whole }) =>
      field(whole, 'last-modified') === undefined
        ? undefined
        : { Range: 'bytes=0-0', 'If-Range': 'Sat, 01 Jan 2000 00:00:00 GMT' },
    `${offered} and Last-Modified`,
  ),
  ignored(
    'if-range-weak',
    '13.1.5',
    'If-Range compares strongly: a weak entity tag matches nothing.',
    ({ whole }) => {
      const tag = field(whole, 'etag')
      if (tag === undefined) return undefined
      return { Range: 'bytes=0-0', 'If-Range': tag.startsWith('W/') ? tag : `W/${tag}` }
    },
    `${offered} and ETag`,
  ),
  {
    id: 'range-after-condition',
    level: 'must',
    reference: rfc(9110, '13.2.2'),
    sentence:
      'Conditions come before Range: what the client has is answered with 304, not with a part.',
    when: `${offered} and ETag`,
    probe: (probe) =>
      eachRanged(probe, async ({ path, whole }) => {
        const tag = field(whole, 'etag')
        if (tag === undefined) return undefined
        const exchange = await probe.get(path, { Range: 'bytes=0-0', 'If-None-Match': tag })
        return keptIf(exchange, isOneOf(exchange, [304]), `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'range-fields',
    level: 'must',
    reference: rfc(9110, '15.3.7'),
    sentence:
      'A 206 has the Cache-Control, Content-Location, Date, ETag, Expires and Vary of the 200.',
    when: 'a range of bytes is answered with 206',
    probe: (probe) =>
      eachRanged(probe, async ({ path, whole }) => {
        const exchange = await probe.get(path, { Range: 'bytes=0-0' })
        const { answer } = exchange
        if (answer?.status !== 206) return undefined
        const names = ['Cache-Control', 'Content-Location', 'Date', 'ETag', 'Expires', 'Vary']
        const lacks = names.filter(
          (name) => field(whole, name) !== undefined && field(answer, name) === undefined,
        )
        return keptIf(exchange, lacks.length === 0, `It lacks ${lacks.join(', ')}.`)
      }),
  },
  {
    id: 'range-single',
    level: 'must',
    reference: rfc(9110, '15.3.7.2'),
    sentence: 'One range is not answered in several parts.',
    when: 'a request for one range is answered with 206',
    judge: ({ answer, request }) => {
      const { fields = {} } = request
      const range = Object.entries(fields).find(([name]) => name === 'Range')?.[1]
      if (answer.status !== 206 || typeof range !== 'string' || range.includes(','))
        return undefined
      return !isMultipart(answer) || 'It is multipart/byteranges.'
    },
  },
  {
    id: 'range-said',
    level: 'must',
    reference: rfc(9110, '15.3.7'),
    sentence: 'A 206 says which part it has: by Content-Range, or in parts that each say it.',
    when: 'an answer is a 206',
    judge: ({ answer }) => {
      if (answer.status !== 206) return undefined
      return field(answer, 'content-range') !== undefined || isMultipart(answer) || 'It does not.'
    },
  },
  {
    id: 'range-parts',
    level: 'must',
    reference: rfc(9110, '15.3.7.2'),
    sentence: 'A 206 in several parts has no Content-Range of its own, and each part has one.',
    when: 'two ranges are answered with 206 in several parts',
    probe: (probe) =>
      eachRanged(probe, async ({ path, whole }) => {
        if (whole.content.length < 200) return undefined
        const exchange = await probe.get(path, { Range: 'bytes=0-0,150-150' })
        const { answer } = exchange
        if (answer?.status !== 206 || !isMultipart(answer)) return undefined
        if (field(answer, 'content-range') !== undefined) {
          return { exchange, broken: 'It has a Content-Range of its own.' }
        }
        const said =
          answer.content.toString('latin1').match(/^content-range: *bytes \d+-\d+\/\d+/gim) ?? []
        return keptIf(exchange, said.length >= 2, `${said.length} parts say what they are.`)
      }),
  },
  {
    id: 'range-many',
    level: 'practice',
    reference: rfc(9110, '14.2'),
    sentence: 'Many ranges that overlap are not answered with many times the content.',
    when: offered,
    probe: (probe) =>
      eachRanged(probe, async ({ path, whole }) => {
        const range = `bytes=${Array.from({ length: 50 }, () => '0-').join(',')}`
        const exchange = await probe.get(path, { Range: range })
        const length = exchange.answer?.content.length ?? 0
        const most = whole.content.length * 2 + 4000
        return keptIf(
          exchange,
          length <= most,
          `${length} octets came for ${whole.content.length}.`,
        )
      }),
  },
]

const isMultipart = (answer: Answer): boolean =>
  /^multipart\/byteranges\b/i.test(field(answer, 'content-type') ?? '')
