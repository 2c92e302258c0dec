import { describe, expect, it } from 'vitest'
import { isKey, serializeDictionary, serializeInnerList, serializeString } from './structured.ts'

// RFC 9651 section 4.1.
describe('Structured fields', () => {
  it.each([
    ['', '""'],
    ['https://a.example', '"https://a.example"'],
    ['a"b\\c', String.raw`"a\"b\\c"`],
  ])('writes %j as the string %s', (text, written) => {
    expect(serializeString(text)).toBe(written)
  })

  it('writes inner lists and dictionaries', () => {
    expect(serializeInnerList([])).toBe('()')
    expect(serializeInnerList(['self', '"https://a.example"'])).toBe('(self "https://a.example")')
    expect(serializeDictionary([])).toBe('')
    expect(
      serializeDictionary([
        ['a', '()'],
        ['b', '*'],
      ]),
    ).toBe('a=(), b=*')
  })

  it.each(['a', '*', 'a1_-.*', '*a'])('takes %j as a key', (key) => expect(isKey(key)).toBe(true))
  it.each(['', 'A', '1a', '-a', 'a b', 'a\n', 'ä', 'a=b'])('takes %j for no key', (key) =>
    expect(isKey(key)).toBe(false),
  )
})
