import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { rules } from '@http-semantics/http'
import { describe, expect, it } from 'vitest'
import { start, type Reply } from './apps.ts'
import { breaches as table, type Breach, type Exchange, type Lines } from './breaches.ts'
import { frameworks } from './hosts.ts'
import { listen } from './violations.ts'
import { exchange, field, parseAnswer, requestText, type WireAnswer } from './wire.ts'

/** The lines of a field as `setHeader` takes them: a text, or a list of several. */
function grouped(fields: Lines): [name: string, value: string | string[]][] {
  return [...new Set(fields.map(([name]) => name))].map((name) => {
    const values = fields.filter(([other]) => other === name).map(([, value]) => value)
    return [name, values.length === 1 ? (values[0] ?? '') : values]
  })
}

function setAll(response: ServerResponse, { status, fields = [] }: Exchange): void {
  response.statusCode = status
  for (const [name, value] of grouped(fields)) response.setHeader(name, value)
}

type Form = (response: ServerResponse, answer: Exchange) => void

/** The ways to answer with plain node:http in which the content comes with the header section. */
const visible: Readonly<Record<string, Form>> = {
  'setHeader and end'(response, answer) {
    setAll(response, answer)
    response.end(answer.content)
  },
  'write and end'(response, answer) {
    setAll(response, answer)
    if (answer.content !== undefined) response.write(answer.content)
    response.end()
  },
  'a piped stream'(response, answer) {
    setAll(response, answer)
    Readable.from(answer.content === undefined ? [] : [answer.content]).pipe(response)
  },
}

/** The others. */
const blind: Readonly<Record<string, Form>> = {
  'writeHead with an object'(response, { status, fields = [], content }) {
    response.writeHead(status, Object.fromEntries(grouped(fields)))
    response.end(content)
  },
  'writeHead with a flat list, after setHeader'(response, { status, fields = [], content }) {
    response.setHeader('X-Own', 'kept')
    response.writeHead(status, 'Own reason', fields.flat())
    response.end(content)
  },
  'writeHead with a list of pairs'(response, { status, fields = [], content }) {
    // @ts-expect-error -- Node takes it, its types do not say so
    response.writeHead(status, fields)
    response.write(content ?? '')
    response.end()
  },
  flushHeaders(response, answer) {
    setAll(response, answer)
    response.flushHeaders()
    response.end(answer.content)
  },
}

/** The ways in which an answer breaks its rule. */
function formsOf({ withContent = false, whole = false }: Breach): [name: string, form: Form][] {
  if (whole) return Object.entries(visible).filter(([name]) => name === 'setHeader and end')
  return Object.entries({ ...visible, ...(withContent ? {} : blind) })
}

/** By the framework's own means. */
function byFramework(reply: Reply, { status, fields = [], content = '' }: Exchange): void {
  for (const [name, value] of fields) reply.set(name, value)
  reply.send(status, content)
}

/** Content has a type, unless a row says otherwise. */
function withType(answer: Exchange): Exchange {
  const { fields = [], content } = answer
  const isGiven = fields.some(([name]) => name === 'Content-Type')
  if (content === undefined || isGiven) {
    return { ...answer, fields: fields.filter(([name, value]) => name !== 'Content-Type' || value) }
  }
  return { ...answer, fields: [...fields, ['Content-Type', 'text/plain']] }
}

/** Some fields of an answer. */
const pick = (answer: WireAnswer, names: readonly string[]): Record<string, string | undefined> =>
  Object.fromEntries(names.map((name) => [name, field(answer, name)]))

const mapValues = <Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => unknown,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))

async function ask(
  port: number,
  target: string,
  { method = 'GET', request = {}, version }: Exchange,
): Promise<WireAnswer> {
  const text = requestText({ method, target, fields: request })
  // A client of HTTP/1.0 need not say that it closes.
  const older = text.replace('HTTP/1.1', 'HTTP/1.0').replace('Connection: close\r\n', '')
  const raw = await exchange(port, version === undefined ? text : older)
  // An answer to HEAD names the coding that the content of GET has.
  const isEmpty = method === 'HEAD' && /\r\nTransfer-Encoding: .*chunked\r\n/.test(raw)
  return parseAnswer(isEmpty ? `${raw}0\r\n\r\n` : raw)
}

/** The rules about HTTP/2 alone, which have a test of their own below. */
const http2Rules = ['connection-fields', 'value-whitespace']

it('has an answer that breaks it for every rule, and none for a rule that does not exist', () => {
  expect([...Object.keys(table), ...http2Rules].toSorted()).toEqual(
    rules.map(({ id }) => id).toSorted(),
  )
  expect(Object.values(table).flatMap(Object.values)).not.toContainEqual([])
})

describe.each(frameworks)('%s', (framework) => {
  describe.each(rules.filter(({ id }) => id in table))('$id: $sentence', (rule) => {
    const { breaches, kept } = table[rule.id] ?? { breaches: [], kept: [] }

    it.each(breaches.map((breach) => [breach.status, breach.fields ?? [], breach] as const))(
      'is kept by the %s with %j of a handler that breaks it',
      async (_status, _fields, breach) => {
        const answer = withType(breach)
        const forms = formsOf(breach)
        const handlers = forms.map(([, form]) => (reply: Reply) => {
          const response = reply.raw()
          breach.before?.(response)
          form(response, answer)
        })
        if (breach.byFramework === true) handlers.push((reply) => byFramework(reply, answer))
        const names = [...forms.map(([name]) => name), 'the framework']
        const port = await start(framework, {
          routes: handlers.flatMap((handler, index) =>
            ['GET', 'POST'].map((method) => [method, `/${index}`, handler] as const),
          ),
          rules: { onViolation: 'repair' },
        })
        const violations = listen()
        const { status = breach.status, fields = {}, content = breach.content } = breach.expected
        for (const method of breach.method === undefined ? ['GET', 'HEAD'] : [breach.method]) {
          for (const index of handlers.keys()) {
            const given = await ask(port, `/${index}`, { ...breach, method })
            const { id, reference, level, sentence } = rule
            expect({
              form: `${method}, ${names[index]}`,
              status: given.status,
              fields: pick(given, Object.keys(fields)),
              content: given.content,
              violations: violations.splice(0),
            }).toEqual({
              form: `${method}, ${names[index]}`,
              status,
              fields: mapValues(fields, (value) =>
                value instanceof RegExp ? expect.stringMatching(value) : value,
              ),
              content: method === 'HEAD' ? '' : (content ?? ''),
              violations: [
                {
                  rule: id,
                  reference,
                  level,
                  sentence,
                  method,
                  route: `/${index}`,
                  status: breach.status,
                },
              ],
            })
          }
        }
      },
    )

    it('says nothing of answers that keep it', async () => {
      const forms = Object.values({ ...visible, ...blind })
      const names = Object.keys({ ...visible, ...blind })
      const port = await start(framework, {
        routes: kept.flatMap((answer, index) =>
          forms.map(
            (form, number) =>
              [
                answer.method ?? 'GET',
                `/${index}/${number}`,
                (reply: Reply) => {
                  const response = reply.raw()
                  answer.before?.(response)
                  form(response, withType(answer))
                },
              ] as const,
          ),
        ),
        rules: { onViolation: 'error' },
      })
      const violations = listen()
      for (const [index, answer] of kept.entries()) {
        for (const number of forms.keys()) {
          const given = await ask(port, `/${index}/${number}`, answer)
          const fields = grouped(answer.fields ?? [])
          expect({
            form: names[number],
            status: given.status,
            fields: pick(
              given,
              fields.map(([name]) => name),
            ),
            content: given.content,
          }).toEqual({
            form: names[number],
            status: answer.status,
            fields: mapValues(Object.fromEntries(fields), (value) => [value].flat().join(', ')),
            content: answer.content ?? '',
          })
        }
      }
      expect(violations).toEqual([])
    })
  })
})
