import { rfc, type Row } from '../rule.ts'
import { field, lines } from '../wire/answer.ts'
import { isDate } from './grammar-parts.ts'

/** Fields with one value, which is no list. */
const singletons = [
  'Age',
  'Content-Disposition',
  'Content-Length',
  'Content-Location',
  'Content-Range',
  'Content-Type',
  'Date',
  'ETag',
  'Expires',
  'Last-Modified',
  'Location',
  'Retry-After',
  'Server',
  'Strict-Transport-Security',
]

/** What every answer has to have, whatever its status. */
export const fieldRules: readonly Row[] = [
  {
    id: 'field-singleton',
    level: 'must',
    reference: rfc(9110, '5.3'),
    sentence: 'A field whose value is no list has one line.',
    when: 'the server answers at all',
    judge: ({ answer }) => {
      const twice = singletons.filter((name) => lines(answer, name).length > 1)
      return twice.length === 0 || `It has several of ${twice.join(', ')}.`
    },
  },
  {
    id: 'field-date',
    level: 'must',
    reference: rfc(9110, '6.6.1'),
    sentence: 'A 2xx, 3xx or 4xx has a Date.',
    when: 'an answer is a 2xx, 3xx or 4xx to a request that is well-formed',
    judge: ({ answer, request, protocol }) => {
      // What a parser refuses need not get as far as a clock; raw frames show no fields.
      if (answer.status >= 500 || request.malformed === true) return undefined
      if (protocol === 'HTTP/2' && answer.framing === 'none') return undefined
      return field(answer, 'date') !== undefined || `A ${answer.status} has none.`
    },
  },
  {
    id: 'field-date-now',
    level: 'practice',
    reference: rfc(9110, '6.6.1'),
    sentence: 'Date is the time of the answer, by a clock that is right to five minutes.',
    when: 'an answer has Date',
    judge: ({ answer }) => {
      const date = field(answer, 'date')
      if (date === undefined || !isDate(date)) return undefined
      return Math.abs(Date.parse(date) - Date.now()) < 300_000 || `It is ${date}.`
    },
  },
  {
    id: 'field-content-type',
    level: 'should',
    reference: rfc(9110, '8.3'),
    sentence: 'Content has a Content-Type.',
    when: 'an answer has content',
    judge: ({ answer, request }) => {
      if (answer.content.length === 0 || request.malformed === true) return undefined
      return field(answer, 'content-type') !== undefined || 'It has none.'
    },
  },
  {
    id: 'field-charset',
    level: 'practice',
    reference: rfc(9110, '8.3.2'),
    sentence: 'The Content-Type of a text tells its charset.',
    when: 'an answer is text/html or text/plain',
    judge: ({ answer }) => {
      const type = field(answer, 'content-type')
      if (type === undefined || !/^text\/(?:html|plain)\b/i.test(type)) return undefined
      return /;\s*charset=/i.test(type) || `It is ${type}.`
    },
  },
  {
    id: 'field-last-modified',
    level: 'must',
    reference: rfc(9110, '8.8.2.1'),
    sentence: 'Last-Modified is not later than Date.',
    when: 'an answer has Last-Modified and Date',
    judge: ({ answer }) => {
      const [modified = '', date = ''] = [field(answer, 'last-modified'), field(answer, 'date')]
      if (!isDate(modified) || !isDate(date)) return undefined
      return Date.parse(modified) <= Date.parse(date) || `It is ${modified}, and Date ${date}.`
    },
  },
  {
    id: 'field-coding-identity',
    level: 'should',
    reference: rfc(9110, '8.4.1'),
    sentence: 'Content-Encoding does not name identity.',
    when: 'an answer has Content-Encoding',
    judge: ({ answer }) => {
      const coding = field(answer, 'content-encoding')
      return coding === undefined ? undefined : !/\bidentity\b/i.test(coding) || `It is ${coding}.`
    },
  },
  {
    id: 'field-server',
    level: 'should',
    reference: rfc(9110, '10.2.4'),
    sentence: 'Server does not tell fine details, such as a version.',
    when: 'an answer has Server',
    judge: ({ answer }) => {
      const server = field(answer, 'server')
      return server === undefined ? undefined : !/\d+\.\d+/.test(server) || `It is ${server}.`
    },
  },
  {
    id: 'field-powered-by',
    level: 'practice',
    reference: rfc(9110, '17.12'),
    sentence: 'No X-Powered-By tells what the server is made of.',
    when: 'the server answers at all',
    judge: ({ answer }) =>
      field(answer, 'x-powered-by') === undefined || `It is ${field(answer, 'x-powered-by')}.`,
  },
  {
    id: 'field-validator',
    level: 'practice',
    reference: rfc(9110, '15.3.1'),
    sentence: 'A 200 to GET has a validator: ETag or Last-Modified.',
    when: 'GET is answered with a 200 that is not told no-store',
    judge: ({ answer, request }) => {
      if (request.method !== 'GET' || answer.status !== 200) return undefined
      if (/\bno-store\b/i.test(field(answer, 'cache-control') ?? '')) return undefined
      if (/^text\/event-stream/i.test(field(answer, 'content-type') ?? '')) return undefined
      const has =
        field(answer, 'etag') !== undefined || field(answer, 'last-modified') !== undefined
      return has || 'It has neither.'
    },
  },
]
