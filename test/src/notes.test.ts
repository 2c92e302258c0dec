import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { frameworks, hostOf, type Host } from './hosts.ts'
import { examples } from './examples.ts'
import { listen } from './violations.ts'
import { field, KeptConnection, send, type WireAnswer, type WireRequest } from './wire.ts'

const json = { 'Content-Type': 'application/json' }
const mergePatch = { 'Content-Type': 'application/merge-patch+json' }
const yesterday = new Date(Date.now() - 86_400_000).toUTCString()
const tomorrow = new Date(Date.now() + 86_400_000).toUTCString()

const names = ({ fields }: WireAnswer): string[] => fields.map(([name]) => name.toLowerCase())

/** The fields of an answer by name, without those that are about the moment or the connection. */
const comparable = ({ fields }: WireAnswer): Record<string, string> =>
  Object.fromEntries(
    fields
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => !['date', 'transfer-encoding'].includes(name)),
  )

/** What a 200 has and its 304 has not (RFC 9110 section 15.4.5). */
const dropped = ['content-type', 'content-length', 'last-modified', 'transfer-encoding']

describe.each(frameworks)('the notes of the %s example', (framework) => {
  let host: Host
  /** A note of the test's own: its path, and its validators. */
  let note: { target: string; etag: string; lastModified: string }

  const ask = (method: string, fields: WireRequest['fields'] = {}, content?: string) =>
    send(host.port, {
      method,
      target: note.target,
      fields,
      ...(content !== undefined && { content }),
    })

  /** The text of the note now. */
  const text = async (): Promise<unknown> => {
    const { text: current }: { text?: unknown } = JSON.parse((await ask('GET')).content)
    return current
  }

  beforeAll(async () => {
    host = await hostOf(await examples[framework]({ port: 0, host: '127.0.0.1' }))
  })
  afterAll(() => host.stop())

  const post = (content: string): Promise<WireAnswer> =>
    send(host.port, { method: 'POST', target: '/notes', fields: json, content })

  beforeEach(async () => {
    const created = await post('{"text":"first"}')
    const [target = '', etag = '', lastModified = ''] = ['Location', 'ETag', 'Last-Modified'].map(
      (name) => field(created, name),
    )
    note = { target, etag, lastModified }
  })

  it('makes a note by POST, and says where it is', async () => {
    const created = await post('{"text":"new"}')
    expect(created.status).toBe(201)
    expect(field(created, 'Location')).toMatch(/^\/notes\/\d+$/)
    expect(field(created, 'ETag')).toMatch(/^"[^"]+"$/)
    expect(field(created, 'Last-Modified')).toMatch(/ GMT$/)
    const read = await send(host.port, { method: 'GET', target: field(created, 'Location') ?? '' })
    expect(read.content).toBe(created.content)
    expect(field(read, 'ETag')).toBe(field(created, 'ETag'))
  })

  it.each(['GET', 'HEAD'])(
    'gives the validators of a note and of the list by %s',
    async (method) => {
      const one = await ask(method)
      expect(one.status).toBe(200)
      expect(field(one, 'ETag')).toBe(note.etag)
      expect(field(one, 'Last-Modified')).toBe(note.lastModified)
      const list = await send(host.port, { method, target: '/notes' })
      expect(field(list, 'ETag')).toMatch(/^"[^"]+"$/)
      expect(field(list, 'Last-Modified')).toMatch(/ GMT$/)
    },
  )

  it.each<
    readonly [string, (etag: string, lastModified: string) => Record<string, string>, number]
  >([
    ['its entity tag', (etag) => ({ 'If-None-Match': etag }), 304],
    ['its entity tag, weak', (etag) => ({ 'If-None-Match': `W/${etag}` }), 304],
    ['a list with its entity tag', (etag) => ({ 'If-None-Match': `"a,b" , W/${etag}` }), 304],
    ['any entity tag', () => ({ 'If-None-Match': '*' }), 304],
    ['another entity tag', () => ({ 'If-None-Match': '"other"' }), 200],
    ['its date', (_, date) => ({ 'If-Modified-Since': date }), 304],
    ['a later date', () => ({ 'If-Modified-Since': tomorrow }), 304],
    ['an earlier date', () => ({ 'If-Modified-Since': yesterday }), 200],
    ['a date that is none', () => ({ 'If-Modified-Since': 'today' }), 200],
    [
      'another entity tag, which goes before its date',
      (_, date) => ({ 'If-None-Match': '"other"', 'If-Modified-Since': date }),
      200,
    ],
    ['the entity tag it must have', (etag) => ({ 'If-Match': etag }), 200],
    ['another entity tag it must have', () => ({ 'If-Match': '"other"' }), 412],
    [
      'an earlier date it must not be changed since',
      () => ({ 'If-Unmodified-Since': yesterday }),
      412,
    ],
  ])('answers GET and HEAD with %s', async (_name, fieldsOf, status) => {
    const fields = fieldsOf(note.etag, note.lastModified)
    const full = await ask('GET')
    const answers = [await ask('GET', fields), await ask('HEAD', fields)]
    expect(answers.map((answer) => answer.status)).toEqual([status, status])
    const [get, head] = answers.map(comparable)
    expect(head).toEqual(get)
    if (status !== 304) return
    // Exactly the fields of the 200, but for those that describe content.
    expect(answers.map(({ bytes }) => bytes.length)).toEqual([0, 0])
    const kept = Object.entries(comparable(full)).filter(([name]) => !dropped.includes(name))
    expect(get).toEqual(Object.fromEntries(kept))
    for (const answer of answers) expect(names(answer)).toContain('date')
  })

  it('answers a conditional GET of the list with 304 until a note changes', async () => {
    const list = await send(host.port, { method: 'GET', target: '/notes' })
    const fields = { 'If-None-Match': field(list, 'ETag') ?? '' }
    const again = (): Promise<WireAnswer> =>
      send(host.port, { method: 'GET', target: '/notes', fields })
    expect((await again()).status).toBe(304)
    await ask('DELETE', { 'If-Match': note.etag })
    expect((await again()).status).toBe(200)
  })

  it('leaves a GET of what does not exist a 404', async () => {
    const target = '/notes/999'
    for (const fields of [{ 'If-None-Match': '*' }, { 'If-Match': '"a"' }]) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await send(host.port, { method: 'GET', target, fields })
      expect(answer.status).toBe(404)
      expect(field(answer, 'ETag')).toBeUndefined()
    }
  })

  const writes = [
    ['PUT', json, '{"text":"second"}', 200],
    ['PATCH', mergePatch, '{"text":"second"}', 200],
    ['DELETE', {}, undefined, 204],
  ] as const

  it.each(writes)(
    'performs %s where If-Match names what is there',
    async (method, type, content, status) => {
      const fields = { ...type, 'If-Match': `"other", ${note.etag}` }
      const answer = await ask(method, fields, content)
      expect(answer.status).toBe(status)
      const after = await ask('GET')
      if (method === 'DELETE') {
        expect(after.status).toBe(404)
        expect(field(answer, 'ETag')).toBeUndefined()
        return
      }
      expect(field(after, 'ETag')).toBe(field(answer, 'ETag'))
      expect(field(answer, 'ETag')).not.toBe(note.etag)
      expect(JSON.parse(after.content)).toEqual(JSON.parse(answer.content))
      expect(JSON.parse(after.content)).toMatchObject({ text: 'second' })
    },
  )

  it.each(writes)(
    'performs %s on whatever is there for If-Match: *',
    async (method, type, content, status) => {
      const answer = await ask(method, { ...type, 'If-Match': '*' }, content)
      expect(answer.status).toBe(status)
    },
  )

  it.each(writes)(
    'answers %s without If-Match with 428, which is not stored',
    async (method, type, content) => {
      const violations = listen()
      // A date is no precondition where there is an entity tag: two changes in one second have the same.
      for (const fields of [
        {},
        { 'If-Unmodified-Since': note.lastModified },
        { 'If-None-Match': '"a"' },
      ]) {
        // oxlint-disable-next-line no-await-in-loop
        const answer = await ask(method, { ...type, ...fields }, content)
        expect(answer.status).toBe(428)
        expect(field(answer, 'Cache-Control')).toBe('no-store')
        expect(JSON.parse(answer.content)).toEqual({
          title: 'Precondition Required',
          status: 428,
          detail: 'Send If-Match with the ETag of the representation that you have seen',
        })
      }
      expect(violations).toEqual([])
      expect(await text()).toBe('first')
    },
  )

  const stale = [
    ['another entity tag', { 'If-Match': '"other"' }, 'If-Match'],
    ['its entity tag, weak', { 'If-Match': 'W/ETAG' }, 'If-Match'],
    ['a list that is none', { 'If-Match': 'ETAG, other' }, 'If-Match'],
    ['its entity tag, excluded', { 'If-Match': '*', 'If-None-Match': 'ETAG' }, 'If-None-Match'],
  ] as const

  it.each(
    writes.flatMap(([method, type, content]) =>
      stale.map(([name, given, failed]) => [method, name, given, failed, type, content] as const),
    ),
  )(
    'answers %s with %s with 412 and changes nothing',
    async (method, _name, given, failed, type, content) => {
      const conditions = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, value.replace('ETAG', note.etag)]),
      )
      const answer = await ask(method, { ...type, ...conditions }, content)
      expect(answer.status).toBe(412)
      expect(JSON.parse(answer.content)).toMatchObject({
        title: 'Precondition Failed',
        status: 412,
        detail: expect.stringMatching(new RegExp(`^${failed} does not hold: `)),
      })
      // Who took it from here would write over what it has never seen.
      expect(field(answer, 'ETag')).toBeUndefined()
      expect(field(answer, 'Last-Modified')).toBeUndefined()
      expect(await text()).toBe('first')
    },
  )

  it('refuses a change that comes after another with 412', async () => {
    const fields = { ...json, 'If-Match': note.etag }
    expect((await ask('PUT', fields, '{"text":"mine"}')).status).toBe(200)
    expect((await ask('PUT', fields, '{"text":"yours"}')).status).toBe(412)
    expect(await text()).toBe('mine')
  })

  it('creates a note by PUT with If-None-Match: *, once', async () => {
    const target = '/notes/700'
    const fields = { ...json, 'If-None-Match': '*' }
    const put = { method: 'PUT', target, fields, content: '{"text":"first"}' }
    const created = await send(host.port, put)
    expect(created.status).toBe(201)
    const read = await send(host.port, { method: 'GET', target })
    expect(JSON.parse(read.content)).toEqual({ id: 700, text: 'first' })
    expect(field(read, 'ETag')).toBe(field(created, 'ETag'))
    const again = await send(host.port, { ...put, content: '{"text":"second"}' })
    expect(again.status).toBe(412)
    expect(JSON.parse(again.content)).toMatchObject({
      detail: 'If-None-Match does not hold: such a representation is there already',
    })
    expect((await send(host.port, { method: 'GET', target })).content).toBe(read.content)
  })

  it('creates nothing by PUT without a precondition, or with If-Match', async () => {
    const target = '/notes/701'
    const put = { method: 'PUT', target, content: '{"text":"first"}' }
    const required = await send(host.port, { ...put, fields: json })
    expect(required.status).toBe(428)
    expect(JSON.parse(required.content)).toMatchObject({
      detail: 'Send If-None-Match: * to create what is not there',
    })
    for (const value of ['*', '"a"']) {
      // oxlint-disable-next-line no-await-in-loop
      const failed = await send(host.port, { ...put, fields: { ...json, 'If-Match': value } })
      expect(failed.status).toBe(412)
      expect(JSON.parse(failed.content)).toMatchObject({
        detail: 'If-Match does not hold: there is nothing here',
      })
    }
    expect((await send(host.port, { method: 'GET', target })).status).toBe(404)
  })

  it('goes on with ids of its own where a client has chosen one', async () => {
    const [, id] = note.target.split('/notes/')
    const target = `/notes/${Number(id) + 1}`
    const put = { method: 'PUT', target, fields: { ...json, 'If-None-Match': '*' } }
    expect((await send(host.port, { ...put, content: '{"text":"mine"}' })).status).toBe(201)
    expect(field(await post('{"text":"next"}'), 'Location')).toBe(`/notes/${Number(id) + 2}`)
  })

  it.each(['PATCH', 'DELETE'])('answers %s of what does not exist with 404', async (method) => {
    for (const target of ['/notes/998', '/notes/none', '/notes/0', '/notes/01']) {
      const fields = method === 'PATCH' ? mergePatch : {}
      // oxlint-disable-next-line no-await-in-loop
      const answer = await send(host.port, { method, target, fields, content: '{}' })
      expect(answer.status).toBe(404)
    }
  })

  it.each([
    ['PUT', 415, mergePatch, '{"text":"second"}'],
    ['PUT', 400, json, '{"text":'],
    ['PUT', 422, json, '{"words":"second"}'],
    ['PATCH', 415, json, '{"text":"second"}'],
    ['PATCH', 400, mergePatch, '{'],
    ['PATCH', 422, mergePatch, '{"text":null}'],
    ['PATCH', 422, mergePatch, '"second"'],
    ['PATCH', 422, mergePatch, '["second"]'],
  ])(
    'answers %s with %i for content it does not take, and changes nothing',
    async (method, status, type, content) => {
      const answer = await ask(method, { ...type, 'If-Match': note.etag }, content)
      expect(answer.status).toBe(status)
      expect(field(answer, 'Accept-Patch')).toBe(
        status === 415 ? 'application/merge-patch+json' : undefined,
      )
      expect(field(await ask('GET'), 'ETag')).toBe(note.etag)
    },
  )

  it('leaves by PATCH what the patch does not name', async () => {
    const [, id] = note.target.split('/notes/')
    const answer = await ask('PATCH', { ...mergePatch, 'If-Match': note.etag }, '{"id":7,"more":1}')
    expect(JSON.parse(answer.content)).toEqual({ id: Number(id), text: 'first' })
  })

  it('heeds the preconditions of POST, and demands none', async () => {
    const request = { method: 'POST', target: '/notes', content: '{"text":"more"}' }
    const fields = { ...json, 'If-Match': '"other"' }
    expect((await send(host.port, { ...request, fields })).status).toBe(412)
  })

  it('loses no update of two clients that race 1,000 times', { timeout: 30_000 }, async () => {
    const { target } = note
    const clients = await Promise.all(
      ['a', 'b'].map(async (letter) => ({
        letter,
        connection: await KeptConnection.to(host.port),
        done: 0,
      })),
    )
    onTestFinished(() => clients.forEach(({ connection }) => connection.close()))
    await ask('PUT', { ...json, 'If-Match': note.etag }, '{"text":""}')
    for (let round = 0; round < 1000; round += 1) {
      // Each appends its letter to what it has seen; who comes too late tries again in the next round.
      // oxlint-disable no-await-in-loop
      const seen = await Promise.all(
        clients.map(({ connection }) => connection.send({ method: 'GET', target })),
      )
      const statuses = await Promise.all(
        clients.map(async (client, index) => {
          const got = seen[index]
          const { text: before }: { text: string } = JSON.parse(got?.content ?? '')
          const content = JSON.stringify({ text: before + client.letter })
          const fields = { ...json, 'If-Match': (got && field(got, 'ETag')) ?? '' }
          const put = { method: 'PUT', target, fields, content }
          const { status } = await client.connection.send(put)
          if (status === 200) client.done += 1
          return status
        }),
      )
      // oxlint-enable no-await-in-loop
      expect(new Set(statuses)).toEqual(new Set([200, 412]))
      clients.reverse()
    }
    const letters = String(await text())
    expect(letters).toHaveLength(1000)
    for (const { letter, done } of clients) expect(letters.split(letter)).toHaveLength(done + 1)
  })
})
