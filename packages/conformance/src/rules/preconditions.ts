import { ending, isOneOf, keptIf } from '../find.ts'
import { missingPath, type Probe } from '../probe.ts'
import { rfc, type Exchange, type Finding, type Row } from '../rule.ts'
import { unknownTag } from '../survey.ts'
import { field, type Answer } from '../wire/answer.ts'

/** What GET without a condition tells of a path whose answer is a 200. */
interface Known {
  readonly path: string
  readonly plain: Exchange
  readonly answer: Answer
  readonly tag: string | undefined
  readonly date: string | undefined
}

/** Puts a question to each path whose GET is a 200. */
const eachKnown = (
  probe: Probe,
  question: (known: Known) => Promise<Finding | undefined>,
): Promise<readonly Finding[]> =>
  probe.each(async (path) => {
    const plain = await probe.get(path)
    const { answer } = plain
    if (answer?.status !== 200) return undefined
    return question({
      path,
      plain,
      answer,
      tag: field(answer, 'etag'),
      date: field(answer, 'last-modified'),
    })
  })

type Condition = (known: Known) => Readonly<Record<string, string>> | undefined

/** A rule that some condition has to end in some status. */
const condition = (
  id: string,
  level: Row['level'],
  section: string,
  sentence: string,
  when: string,
  fields: Condition,
  statuses: readonly number[],
): Row => ({
  id: `condition-${id}`,
  level,
  reference: rfc(9110, section),
  sentence,
  when,
  probe: (probe) =>
    eachKnown(probe, async (known) => {
      const given = fields(known)
      if (given === undefined) return undefined
      const exchange = await probe.get(known.path, given)
      const broken = `With ${Object.entries(given)
        .map(([name, value]) => `${name}: ${value}`)
        .join(', ')} it got ${ending(exchange)} in place of ${statuses.join(' or ')}.`
      return keptIf(exchange, isOneOf(exchange, statuses), broken)
    }),
})

const withTag = 'GET is answered with a 200 that has ETag'
const withDate = 'GET is answered with a 200 that has Last-Modified'
const withValidator = 'GET is answered with a 200 that has a validator'
const old = 'Sat, 01 Jan 2000 00:00:00 GMT'

/** A tag with its strength turned round. */
const turned = (tag: string): string => (tag.startsWith('W/') ? tag.slice(2) : `W/${tag}`)

/** Requests with conditions. */
export const preconditionRules: readonly Row[] = [
  condition(
    'none-match',
    'must',
    '13.1.2',
    'GET with If-None-Match and the entity tag of the representation is answered with 304.',
    withTag,
    ({ tag }) => (tag === undefined ? undefined : { 'If-None-Match': tag }),
    [304],
  ),
  condition(
    'none-match-list',
    'must',
    '13.1.2',
    'If-None-Match is read as a list of entity tags.',
    withTag,
    ({ tag }) =>
      tag === undefined ? undefined : { 'If-None-Match': `${unknownTag}, "a,b" , ${tag}` },
    [304],
  ),
  condition(
    'none-match-weak',
    'must',
    '13.1.2',
    'If-None-Match compares weakly: W/ makes no difference.',
    withTag,
    ({ tag }) => (tag === undefined ? undefined : { 'If-None-Match': turned(tag) }),
    [304],
  ),
  condition(
    'none-match-any',
    'must',
    '13.1.2',
    'GET with If-None-Match: * for what exists is answered with 304.',
    withTag,
    ({ tag }) => (tag === undefined ? undefined : { 'If-None-Match': '*' }),
    [304],
  ),
  condition(
    'none-match-other',
    'must',
    '13.1.2',
    'GET with If-None-Match and another entity tag is answered with 200.',
    withTag,
    ({ tag }) => (tag === undefined ? undefined : { 'If-None-Match': unknownTag }),
    [200],
  ),
  condition(
    'modified-since',
    'should',
    '13.1.3',
    'GET with If-Modified-Since and the date of the representation is answered with 304.',
    withDate,
    ({ date }) => (date === undefined ? undefined : { 'If-Modified-Since': date }),
    [304],
  ),
  condition(
    'modified-since-old',
    'must',
    '13.1.3',
    'GET with If-Modified-Since and an older date is answered with 200.',
    withDate,
    ({ date }) =>
      date === undefined || Date.parse(date) <= Date.parse(old)
        ? undefined
        : { 'If-Modified-Since': old },
    [200],
  ),
  condition(
    'modified-since-invalid',
    'must',
    '13.1.3',
    'If-Modified-Since that is no date is not looked at.',
    withDate,
    ({ date }) =>
      date === undefined ? undefined : { 'If-Modified-Since': 'the day after tomorrow' },
    [200],
  ),
  condition(
    'modified-since-beside',
    'must',
    '13.1.3',
    'If-Modified-Since beside If-None-Match is not looked at.',
    `${withDate} and ETag`,
    ({ date, tag }) =>
      date === undefined || tag === undefined
        ? undefined
        : { 'If-None-Match': unknownTag, 'If-Modified-Since': date },
    [200],
  ),
  condition(
    'match',
    'must',
    '13.1.1',
    'GET with If-Match and another entity tag is answered with 412.',
    withTag,
    ({ tag }) => (tag === undefined ? undefined : { 'If-Match': unknownTag }),
    [412],
  ),
  condition(
    'match-same',
    'must',
    '13.1.1',
    'GET with If-Match and the entity tag of the representation is answered with 200.',
    'GET is answered with a 200 that has a strong ETag',
    ({ tag }) => (tag === undefined || tag.startsWith('W/') ? undefined : { 'If-Match': tag }),
    [200],
  ),
  condition(
    'match-weak',
    'must',
    '13.1.1',
    'If-Match compares strongly: a weak entity tag matches nothing.',
    withTag,
    ({ tag }) =>
      tag === undefined ? undefined : { 'If-Match': tag.startsWith('W/') ? tag : `W/${tag}` },
    [412],
  ),
  condition(
    'match-any',
    'must',
    '13.1.1',
    'GET with If-Match: * for what exists is answered with 200.',
    withValidator,
    ({ tag, date }) => (tag === undefined && date === undefined ? undefined : { 'If-Match': '*' }),
    [200],
  ),
  condition(
    'unmodified-since',
    'must',
    '13.1.4',
    'GET with If-Unmodified-Since and an older date is answered with 412.',
    withDate,
    ({ date }) =>
      date === undefined || Date.parse(date) <= Date.parse(old)
        ? undefined
        : { 'If-Unmodified-Since': old },
    [412],
  ),
  condition(
    'unmodified-since-beside',
    'must',
    '13.1.4',
    'If-Unmodified-Since beside If-Match is not looked at.',
    `${withDate} and a strong ETag`,
    ({ date, tag }) =>
      date === undefined || tag === undefined || tag.startsWith('W/')
        ? undefined
        : { 'If-Match': tag, 'If-Unmodified-Since': old },
    [200],
  ),
  {
    id: 'condition-missing',
    level: 'must',
    reference: rfc(9110, '13.2.1'),
    sentence: 'Conditions are not looked at where the answer would be a 404 without them.',
    when: 'what does not exist is answered with 404',
    probe: async (probe) => {
      const plain = await probe.get(missingPath)
      if (!isOneOf(plain, [404])) return []
      const all = [
        { 'If-Match': '*' },
        { 'If-None-Match': '*' },
        { 'If-Modified-Since': new Date(0).toUTCString() },
      ]
      const found = await Promise.all(all.map((fields) => probe.get(missingPath, fields)))
      return found.map((exchange) =>
        keptIf(exchange, isOneOf(exchange, [404]), `It got ${ending(exchange)}.`),
      )
    },
  },
  {
    id: 'condition-options',
    level: 'must',
    reference: rfc(9110, '13.2.1'),
    sentence: 'Conditions are not looked at for OPTIONS.',
    when: 'OPTIONS is answered with 2xx',
    probe: (probe) =>
      probe.each(async (path) => {
        const plain = await probe.ask({ method: 'OPTIONS', target: path })
        const status = plain.answer?.status ?? 0
        if (status < 200 || status > 299) return undefined
        const fields = { 'If-Match': unknownTag }
        const exchange = await probe.ask({ method: 'OPTIONS', target: path, fields })
        return keptIf(exchange, exchange.answer?.status === status, `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'condition-304-fields',
    level: 'must',
    reference: rfc(9110, '15.4.5'),
    sentence: 'A 304 has the Cache-Control, Content-Location, ETag, Expires and Vary of the 200.',
    when: 'GET with the entity tag of the representation is answered with 304',
    probe: (probe) =>
      eachKnown(probe, async ({ path, answer: plain, tag }) => {
        if (tag === undefined) return undefined
        const exchange = await probe.get(path, { 'If-None-Match': tag })
        const { answer } = exchange
        if (answer?.status !== 304) return undefined
        const lacks = ['Cache-Control', 'Content-Location', 'ETag', 'Expires', 'Vary'].filter(
          (name) => field(plain, name) !== undefined && field(answer, name) === undefined,
        )
        return keptIf(exchange, lacks.length === 0, `It lacks ${lacks.join(', ')}.`)
      }),
  },
  {
    id: 'condition-head',
    level: 'practice',
    reference: rfc(9110, '13.1.2'),
    sentence: 'HEAD with If-None-Match is answered as GET is.',
    when: 'GET with the entity tag of the representation is answered with 304',
    probe: (probe) =>
      eachKnown(probe, async ({ path, tag }) => {
        if (tag === undefined) return undefined
        const fields = { 'If-None-Match': tag }
        if (!isOneOf(await probe.get(path, fields), [304])) return undefined
        const exchange = await probe.ask({ method: 'HEAD', target: path, fields })
        return keptIf(exchange, isOneOf(exchange, [304]), `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'etag-stable',
    level: 'practice',
    reference: rfc(9110, '8.8.1'),
    sentence: 'The same content has the same entity tag.',
    when: withTag,
    probe: (probe) =>
      eachKnown(probe, async ({ path, answer: plain, tag }) => {
        if (tag === undefined) return undefined
        const exchange = await probe.get(path, { 'X-Conformance': 'again' })
        const { answer } = exchange
        if (answer?.status !== 200 || !answer.content.equals(plain.content)) return undefined
        const again = field(answer, 'etag')
        return keptIf(exchange, again === tag, `It was ${tag}, and then ${again}.`)
      }),
  },
  {
    id: 'etag-strong',
    level: 'must',
    reference: rfc(9110, '8.8.1'),
    sentence: 'Other content has another strong entity tag.',
    when: 'GET is answered with a 200 that has a strong ETag',
    probe: (probe) =>
      eachKnown(probe, async ({ path, answer: plain, tag }) => {
        if (tag === undefined || tag.startsWith('W/')) return undefined
        const exchange = await probe.get(path, { Accept: 'application/json' })
        const { answer } = exchange
        if (answer?.status !== 200 || field(answer, 'etag') !== tag) return { exchange }
        return keptIf(exchange, answer.content.equals(plain.content), `Both have ${tag}.`)
      }),
  },
]
