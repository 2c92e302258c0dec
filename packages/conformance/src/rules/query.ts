import { classOf, ending, isOneOf, keptIf } from '../find.ts'
import { missingPath } from '../probe.ts'
import { rfc, type Exchange, type Row } from '../rule.ts'
import { field, members, type Answer } from '../wire/answer.ts'

/** The methods of Allow, as they are spelt. */
const allowed = (answer: Answer): readonly string[] =>
  (field(answer, 'allow') ?? '').split(/[\s,]+/)

/** QUERY. */
export const queryRules: readonly Row[] = [
  {
    id: 'query-content-type',
    level: 'must',
    reference: rfc(10_008, '2'),
    sentence: 'A QUERY without Content-Type fails, with a 4xx.',
    when: 'OPTIONS lists QUERY in Allow',
    probe: (probe) =>
      probe.each(async (path) => {
        if (!takesQuery(await probe.ask({ method: 'OPTIONS', target: path }))) return undefined
        const exchange = await probe.ask({ method: 'QUERY', target: path, content: 'conformance' })
        return keptIf(exchange, classOf(exchange) === 4, `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'query-media-type',
    level: 'practice',
    reference: rfc(10_008, '2.1'),
    sentence: 'A QUERY in a media type that the resource does not take is answered with 415.',
    when: 'OPTIONS lists QUERY in Allow',
    probe: (probe) =>
      probe.each(async (path) => {
        if (!takesQuery(await probe.ask({ method: 'OPTIONS', target: path }))) return undefined
        const fields = { 'Content-Type': 'application/x-conformance' }
        const exchange = await probe.ask({ method: 'QUERY', target: path, fields, content: 'a' })
        return keptIf(exchange, isOneOf(exchange, [415]), `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'query-accept',
    level: 'practice',
    reference: rfc(10_008, '3'),
    sentence: 'OPTIONS tells by Accept-Query which media types QUERY takes.',
    when: 'OPTIONS lists QUERY in Allow',
    judge: ({ answer, request }) => {
      if (request.method !== 'OPTIONS' || !allowed(answer).includes('QUERY')) return undefined
      if (request.target === '*' || request.target === missingPath) return undefined
      return members(answer, 'accept-query').length > 0 || 'It has no Accept-Query.'
    },
  },
]

const takesQuery = ({ answer }: Exchange): boolean =>
  answer !== undefined && allowed(answer).includes('QUERY')
