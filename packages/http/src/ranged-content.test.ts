import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { selectContent, type RangedContent, type SelectedContent } from './ranged-content.ts'

const content = Buffer.from('The notes')
const source = {
  length: content.length,
  read: ({ start, end }: { readonly start: number; readonly end: number }) =>
    Readable.from([content.subarray(start, end + 1)], { objectMode: false }),
}

const select = (
  headers: Readonly<Record<string, string>>,
  ranged: Partial<RangedContent> = {},
  method = 'GET',
): SelectedContent => selectContent({ method, headers }, { content, type: 'text/plain', ...ranged })

const textOf = async (selected: SelectedContent['content']): Promise<string | undefined> =>
  selected instanceof Readable ? text(selected) : selected && Buffer.from(selected).toString()

const type = ['Content-Type', 'text/plain']
const ranges = ['Accept-Ranges', 'bytes']

describe('selectContent', () => {
  it.each<[string, Record<string, string>, string, number, unknown[], string | undefined]>([
    ['all', {}, 'GET', 200, [type, ranges, ['Content-Length', '9']], 'The notes'],
    ['all but the content', {}, 'HEAD', 200, [type, ranges, ['Content-Length', '9']], undefined],
    [
      'a range',
      { range: 'bytes=4-' },
      'GET',
      206,
      [type, ranges, ['Content-Range', 'bytes 4-8/9'], ['Content-Length', '5']],
      'notes',
    ],
    [
      'all where Range has no meaning',
      { range: 'bytes=4-' },
      'POST',
      200,
      [type, ranges, ['Content-Length', '9']],
      'The notes',
    ],
  ])('gives %s', async (_name, headers, method, status, fields, sent) => {
    for (const from of [content, source]) {
      const selected = select(headers, { content: from }, method)
      expect([selected.status, selected.fields]).toEqual([status, fields])
      expect(await textOf(selected.content)).toBe(sent)
    }
  })

  it('frames several ranges', async () => {
    for (const from of [content, source]) {
      const selected = select({ range: 'bytes=0-1,-2' }, { content: from, etag: '"v7"' })
      const fields = Object.fromEntries(selected.fields)
      const [, boundary] = /boundary=(.*)/.exec(fields['Content-Type'] ?? '') ?? []
      const sent = await textOf(selected.content)
      expect(sent).toBe(
        [
          `--${boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/9\r\n\r\nTh`,
          `--${boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes 7-8/9\r\n\r\nes`,
          `--${boundary}--\r\n`,
        ].join('\r\n'),
      )
      expect(fields).toEqual({
        'Accept-Ranges': 'bytes',
        'Content-Length': String(sent?.length),
        'Content-Type': `multipart/byteranges; boundary=${boundary}`,
        ETag: '"v7"',
      })
    }
  })

  it('evaluates the preconditions of retrievals alone', () => {
    const headers = { 'if-none-match': '"v7"' }
    expect(select(headers, { etag: '"v7"' })).toEqual({
      status: 304,
      fields: [['ETag', '"v7"']],
      content: undefined,
    })
    expect(select(headers, { etag: '"v7"' }, 'POST').status).toBe(200)
    expect(() => select({ 'if-match': '"v6"' }, { etag: '"v7"' })).toThrow(
      expect.objectContaining({ status: 412, message: 'If-Match does not hold' }),
    )
  })

  it('opens nothing for HEAD, 304 and empty content', () => {
    const closed = {
      length: 9,
      read: (): never => {
        throw new Error('opened')
      },
    }
    expect(select({}, { content: closed }, 'HEAD').status).toBe(200)
    expect(select({ 'if-none-match': '*' }, { content: closed }).status).toBe(304)
    expect(select({}, { content: { ...closed, length: 0 } }).content).toHaveLength(0)
    expect(() => select({}, { content: closed })).toThrow('opened')
  })

  it('throws a 416 with the length', () => {
    expect(() => select({ range: 'bytes=9-' })).toThrow(
      expect.objectContaining({
        status: 416,
        message: 'There are 9 bytes',
        headers: { 'Accept-Ranges': 'bytes', 'Content-Range': 'bytes */9' },
      }),
    )
  })

  it.each<[object, string]>([
    [
      { content: 'text' },
      "sendContent(): content must be a Buffer, or an object like { length, read }, got 'text'",
    ],
    [
      { content: { length: 9 } },
      'sendContent(): content must be a Buffer, or an object like { length, read }, got { length: 9 }',
    ],
    [{ content, etags: '"v7"' }, "sendContent(): unknown option 'etags'; did you mean 'etag'?"],
    [{ content, etag: 'v7' }, `state.etag must be an entity tag such as '"v7"', got 'v7'`],
    [{ content, limits: { maxRange: 1 } }, "unknown option 'maxRange'"],
    [{ content: { ...source, length: -1 } }, 'length must be a number of bytes, got -1'],
  ])('refuses %o with a sentence', (ranged, message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- plain JavaScript may give anything
    const given = ranged as RangedContent
    expect(() => selectContent({ method: 'GET', headers: {} }, given)).toThrow(message)
  })

  it('takes createReadStream as it is', () => {
    expectTypeOf(source).toExtend<RangedContent['content']>()
    expectTypeOf(content).toExtend<RangedContent['content']>()
  })
})
