import { classOf, ending, isOneOf, keptIf } from '../find.ts'
import { missingPath } from '../probe.ts'
import { rfc, type Exchange, type Row } from '../rule.ts'
import { field, type Answer } from '../wire/answer.ts'

/** The methods of Allow, as they are spelt. */
const allowed = (answer: Answer): string[] | undefined =>
  field(answer, 'allow')
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

const secret = 'http-semantics-conformance-secret'

/** Whether an answer to HEAD can be held against one to GET: both are of the same resource and time. */
const comparable = (head: Exchange, get: Exchange): boolean =>
  head.answer !== undefined && get.answer !== undefined && head.answer.status === get.answer.status

/** Request methods. */
export const methodRules: readonly Row[] = [
  {
    id: 'method-get',
    level: 'must',
    reference: rfc(9110, '9.1'),
    sentence: 'Every server supports GET and HEAD.',
    when: 'the server answers at all',
    probe: async (probe) => {
      const get = await probe.get(probe.path)
      const head = await probe.ask({ method: 'HEAD', target: probe.path })
      return [get, head].map((exchange) =>
        keptIf(
          exchange,
          exchange.answer !== undefined && exchange.answer.status !== 501,
          `${exchange.request.method} got ${ending(exchange)}.`,
        ),
      )
    },
  },
  {
    id: 'method-unknown',
    level: 'should',
    reference: rfc(9110, '9.1'),
    sentence: 'A method that the server does not know is answered with 501.',
    when: 'the server does not take a method that nobody has defined',
    probe: (probe) =>
      probe.each(async (path) => {
        const exchange = await probe.ask({ method: 'CONFORMANCE', target: path })
        return keptIf(
          exchange,
          isOneOf(exchange, [501]),
          `It got ${ending(exchange)} in place of 501.`,
        )
      }),
  },
  {
    id: 'method-case',
    level: 'must',
    reference: rfc(9110, '9.1'),
    sentence: 'Methods are told apart by case: get is not GET.',
    when: 'the server answers at all',
    probe: async (probe) => {
      const exchange = await probe.ask({ method: 'get', target: probe.path })
      return [keptIf(exchange, ![2, 3].includes(classOf(exchange)), `It got ${ending(exchange)}.`)]
    },
  },
  {
    id: 'method-not-allowed',
    level: 'should',
    reference: rfc(9110, '9.1'),
    sentence: 'A method that the server knows and the resource does not have is answered with 405.',
    when: 'OPTIONS tells by Allow that a path lacks PUT, PATCH or DELETE, and --allow-writes is given',
    writes: true,
    probe: (probe) =>
      probe.each(async (path) => {
        const options = await probe.ask({ method: 'OPTIONS', target: path })
        const methods = options.answer && allowed(options.answer)
        const method = ['DELETE', 'PUT', 'PATCH'].find((name) => methods?.includes(name) === false)
        if (method === undefined || classOf(options) !== 2) return undefined
        const exchange = await probe.ask({ method, target: path })
        const broken = `It got ${ending(exchange)}, though Allow lacks ${method}.`
        return keptIf(exchange, isOneOf(exchange, [405, 501, 401, 403]), broken)
      }),
  },
  {
    id: 'method-allow',
    level: 'must',
    reference: rfc(9110, '15.5.6'),
    sentence: 'A 405 lists by Allow what the resource takes.',
    when: 'a request is answered with 405',
    judge: ({ answer }) => {
      if (answer.status !== 405) return undefined
      return field(answer, 'allow') !== undefined || 'It has no Allow.'
    },
  },
  {
    id: 'method-allow-itself',
    level: 'should',
    reference: rfc(9110, '15.5.6'),
    sentence: 'The Allow of a 405 does not list the method that was refused.',
    when: 'a request is answered with 405 and Allow',
    judge: ({ answer, request }) => {
      const methods = allowed(answer)
      if (answer.status !== 405 || methods === undefined) return undefined
      return !methods.includes(request.method) || `Allow lists ${request.method}.`
    },
  },
  {
    id: 'method-allow-head',
    level: 'practice',
    reference: rfc(9110, '9.3.2'),
    sentence: 'An Allow with GET has HEAD as well.',
    when: 'an answer has Allow with GET',
    judge: ({ answer }) => {
      const methods = allowed(answer)
      if (methods?.includes('GET') !== true) return undefined
      return methods.includes('HEAD') || `Allow is ${methods.join(', ')}.`
    },
  },
  {
    id: 'head-no-content',
    level: 'must',
    reference: rfc(9110, '9.3.2'),
    sentence: 'An answer to HEAD has no content.',
    when: 'HEAD is answered',
    judge: ({ answer, request, rest, protocol }) => {
      if (request.method !== 'HEAD') return undefined
      if (protocol === 'HTTP/2') return answer.content.length === 0 || 'Content came.'
      return (
        rest === '' || rest.startsWith('HTTP/1') || `Behind the fields came ${rest.length} octets.`
      )
    },
  },
  {
    id: 'head-status',
    level: 'must',
    reference: rfc(9110, '9.3.2'),
    sentence: 'HEAD has the status of GET.',
    when: 'both are answered',
    probe: (probe) =>
      probe.each(async (path) => {
        const get = await probe.get(path)
        const head = await probe.ask({ method: 'HEAD', target: path })
        if (get.answer === undefined) return undefined
        const broken = `HEAD got ${ending(head)}, GET ${ending(get)}.`
        return keptIf(head, head.answer?.status === get.answer.status, broken)
      }),
  },
  {
    id: 'head-length',
    level: 'must',
    reference: rfc(9110, '8.6'),
    sentence: 'A Content-Length in an answer to HEAD is that of GET.',
    when: 'the answer to HEAD has Content-Length',
    probe: async (probe) => {
      const found = [...probe.paths, missingPath].map(async (path) => {
        const get = await probe.get(path)
        const head = await probe.ask({ method: 'HEAD', target: path })
        const length = head.answer && field(head.answer, 'content-length')
        if (length === undefined || !comparable(head, get) || get.answer?.whole !== true) return []
        const isSame = Number(length) === get.answer.content.length
        const broken = `HEAD says ${length}, GET has ${get.answer.content.length} octets.`
        return [keptIf(head, isSame, broken)]
      })
      return (await Promise.all(found)).flat()
    },
  },
  {
    id: 'head-fields',
    level: 'should',
    reference: rfc(9110, '9.3.2'),
    sentence: 'An answer to HEAD has the fields that GET has.',
    when: 'both are answered with the same status',
    probe: (probe) =>
      probe.each(async (path) => {
        const get = await probe.get(path)
        const head = await probe.ask({ method: 'HEAD', target: path })
        if (!comparable(head, get)) return undefined
        // What is only known once content is made may be missing.
        const free = [
          'content-length',
          'transfer-encoding',
          'trailer',
          'keep-alive',
          'set-cookie',
          'vary',
        ]
        const lacks = (get.answer?.fields ?? [])
          .map(([name]) => name)
          .filter((name) => !free.includes(name.toLowerCase()))
          .filter((name) => head.answer !== undefined && field(head.answer, name) === undefined)
        return keptIf(head, lacks.length === 0, `It lacks ${lacks.join(', ')}.`)
      }),
  },
  {
    id: 'options-answered',
    level: 'practice',
    reference: rfc(9110, '9.3.7'),
    sentence: 'OPTIONS is answered where GET is.',
    when: 'GET is answered with 2xx',
    probe: (probe) =>
      probe.each(async (path) => {
        if (classOf(await probe.get(path)) !== 2) return undefined
        const exchange = await probe.ask({ method: 'OPTIONS', target: path })
        return keptIf(exchange, classOf(exchange) === 2, `It got ${ending(exchange)}.`)
      }),
  },
  {
    id: 'options-allow',
    level: 'should',
    reference: rfc(9110, '9.3.7'),
    sentence: 'A successful answer to OPTIONS lists by Allow what the resource takes.',
    when: 'OPTIONS is answered with 2xx',
    judge: ({ answer, request }) => {
      if (request.method !== 'OPTIONS' || answer.status >= 300 || request.target === '*')
        return undefined
      return field(answer, 'allow') !== undefined || 'It has no Allow.'
    },
  },
  {
    id: 'options-asterisk',
    level: 'should',
    reference: rfc(9112, '3.2.4'),
    sentence: 'OPTIONS * is a request to the server as a whole, not one that is malformed or lost.',
    when: 'the server answers at all',
    probe: async (probe) => {
      const exchange = await probe.ask({ method: 'OPTIONS', target: '*' })
      const isLost = exchange.answer === undefined || isOneOf(exchange, [400, 404, 500])
      return [keptIf(exchange, !isLost, `It got ${ending(exchange)}.`)]
    },
  },
  {
    id: 'options-accept-patch',
    level: 'should',
    reference: rfc(5789, '3.1'),
    sentence: 'OPTIONS tells by Accept-Patch which media types PATCH takes.',
    when: 'OPTIONS lists PATCH in Allow',
    judge: ({ answer, request }) => {
      if (request.method !== 'OPTIONS' || allowed(answer)?.includes('PATCH') !== true)
        return undefined
      if (request.target === '*' || request.target === missingPath) return undefined
      return field(answer, 'accept-patch') !== undefined || 'It has no Accept-Patch.'
    },
  },
  {
    id: 'trace-secrets',
    level: 'should',
    reference: rfc(9110, '9.3.8'),
    sentence: 'An answer to TRACE leaves out Cookie and Authorization.',
    when: 'TRACE is answered',
    probe: async (probe) => {
      const fields = { Cookie: `a=${secret}`, Authorization: `Bearer ${secret}` }
      const exchange = await probe.ask({ method: 'TRACE', target: probe.path, fields })
      if (exchange.answer === undefined) return []
      const isTold = exchange.answer.content.includes(secret)
      return [keptIf(exchange, !isTold, 'It repeats them.')]
    },
  },
  {
    id: 'trace-refused',
    level: 'practice',
    reference: rfc(9110, '9.3.8'),
    sentence: 'TRACE is refused, with 405 or 501.',
    when: 'the server answers at all',
    probe: async (probe) => {
      const exchange = await probe.ask({ method: 'TRACE', target: probe.path })
      return [keptIf(exchange, isOneOf(exchange, [405, 501]), `It got ${ending(exchange)}.`)]
    },
  },
  {
    id: 'connect-port',
    level: 'must',
    reference: rfc(9110, '9.3.6'),
    sentence: 'CONNECT to an invalid port is refused.',
    when: 'the server answers at all',
    probe: async (probe) => {
      const exchange = await probe.ask({ method: 'CONNECT', target: 'conformance.invalid:' })
      const isRefused =
        exchange.answer !== undefined ? exchange.answer.status >= 400 : exchange.end !== 'timeout'
      return [keptIf(exchange, isRefused, `It got ${ending(exchange)}.`)]
    },
  },
  {
    id: 'connect-answered',
    level: 'practice',
    reference: rfc(9110, '9.3.6'),
    sentence: 'A server that is no proxy answers CONNECT with an error, and does not just hang up.',
    when: 'the server answers at all',
    probe: async (probe) => {
      const exchange = await probe.ask({ method: 'CONNECT', target: 'conformance.invalid:443' })
      const isKept = exchange.answer !== undefined && exchange.answer.status >= 400
      return [keptIf(exchange, isKept, `It got ${ending(exchange)}.`)]
    },
  },
]
