import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { multipartByteranges, type ByterangesQuestion } from './byteranges.ts'

const ranges = [
  { start: 0, end: 1 },
  { start: 4, end: 5 },
]
const content = Buffer.from('The notes')

/** All that goes over the wire. */
function write(question: ByterangesQuestion, bytes: Buffer): Buffer {
  const { parts, tail } = multipartByteranges(question)
  return Buffer.concat([
    ...parts.flatMap(({ head, start, end }) => [Buffer.from(head), bytes.subarray(start, end + 1)]),
    Buffer.from(tail),
  ])
}

/** Reads a multipart content the way RFC 2046 section 5.1 describes it. */
function read(bytes: Buffer, boundary: string): { fields: string[]; bytes: string }[] {
  const pieces = `\r\n${bytes.toString('latin1')}`.split(`\r\n--${boundary}`)
  expect(pieces.shift()).toBe('')
  expect(pieces.pop()).toBe('--\r\n')
  return pieces.map((piece) => {
    expect(piece.startsWith('\r\n')).toBe(true)
    const end = piece.indexOf('\r\n\r\n')
    return { fields: piece.slice(2, end).split('\r\n'), bytes: piece.slice(end + 4) }
  })
}

describe('multipartByteranges', () => {
  it('frames the parts', () => {
    const question = { ranges, length: 9, type: 'text/plain; charset=utf-8', boundary: 'B' }
    const written = write(question, content)
    expect(read(written, 'B')).toEqual([
      {
        fields: ['Content-Type: text/plain; charset=utf-8', 'Content-Range: bytes 0-1/9'],
        bytes: 'Th',
      },
      {
        fields: ['Content-Type: text/plain; charset=utf-8', 'Content-Range: bytes 4-5/9'],
        bytes: 'no',
      },
    ])
    const { fields, length, type } = multipartByteranges(question)
    expect(length).toBe(written.length)
    expect(type).toBe('multipart/byteranges; boundary=B')
    expect(fields).toEqual([
      ['Content-Type', 'multipart/byteranges; boundary=B'],
      ['Content-Length', String(written.length)],
    ])
  })

  it('gives parts no type where there is none', () => {
    const [part] = read(write({ ranges, length: 9, boundary: 'B' }, content), 'B')
    expect(part?.fields).toEqual(['Content-Range: bytes 0-1/9'])
  })

  it('computes the length of all of it', () => {
    const range = fc
      .tuple(fc.nat(99), fc.nat(99))
      .map(([one, two]) => ({ start: Math.min(one, two), end: Math.max(one, two) }))
    const bytes = Buffer.alloc(100, 'x')
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 5 }), (list) => {
        const question = { ranges: list, length: 100, type: 'a/b', boundary: 'B' }
        expect(multipartByteranges(question).length).toBe(write(question, bytes).length)
      }),
      { numRuns: 1000, seed: 9110 },
    )
  })

  it('takes another boundary each time, of 144 bits', () => {
    const boundaries = Array.from(
      { length: 1000 },
      () => multipartByteranges({ ranges, length: 9 }).boundary,
    )
    expect(new Set(boundaries).size).toBe(1000)
    expect(boundaries.every((boundary) => /^[\w-]{24}$/.test(boundary))).toBe(true)
  })

  it.each<[string, Partial<ByterangesQuestion>, string]>([
    ['no ranges', { ranges: [] }, 'ranges must not be empty; answer 416 instead'],
    [
      'a range out of bounds',
      { ranges: [{ start: 0, end: 9 }] },
      'a range must lie within the 9 bytes',
    ],
    ['a type with a line break', { type: 'a/b\r\nX: y' }, 'type must be a field value'],
    ['a boundary with a blank', { boundary: 'a b' }, 'boundary must be 1 to 70 of'],
    ['a long boundary', { boundary: 'a'.repeat(71) }, 'boundary must be 1 to 70 of'],
    ['a boundary of the content', { boundary: 'Th', content }, 'boundary occurs in the content'],
    [
      'content of another length',
      { content: content.subarray(1) },
      'length must be that of content, 8, got 9',
    ],
  ])('throws on %s', (_, wrong, message) => {
    const act = (): unknown => multipartByteranges({ ranges, length: 9, ...wrong })
    expect(act).toThrow(TypeError)
    expect(act).toThrow(message)
  })

  it('minds only what is sent of the content', () => {
    expect(multipartByteranges({ ranges, length: 9, boundary: 'tes', content }).boundary).toBe(
      'tes',
    )
  })
})
