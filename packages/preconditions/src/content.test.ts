import { describe, expect, it } from 'vitest'
import { createContentJudge, judgeContentType, type ContentRules } from './content.ts'

const json: ContentRules = { consumes: ['application/json'] }
const accept = ['Accept', 'application/json']

describe('judgeContentType', () => {
  it.each([
    ['the type itself', ['application/json'], 'application/json', true],
    ['the type in other case', ['application/json'], 'Application/JSON', true],
    ['the type declared in other case', ['Application/JSON'], 'application/json', true],
    ['the type with a parameter', ['application/json'], 'application/json; charset=utf-8', true],
    ['another type', ['application/json'], 'text/plain', false],
    ['a type with a suffix, which is another', ['application/json'], 'application/ld+json', false],
    ['any type', ['*/*'], 'text/plain', true],
    ['any subtype', ['text/*'], 'text/plain', true],
    ['another type than that with any subtype', ['text/*'], 'image/png', false],
    ['a suffix', ['application/*+json'], 'application/ld+json', true],
    ['a type without the suffix', ['application/*+json'], 'application/json', false],
    ['another type with the suffix', ['application/*+json'], 'model/gltf+json', false],
    ['the second of several', ['a/b', 'text/csv'], 'text/csv', true],
    ['a parameter asked for', ['text/plain;charset=utf-8'], 'text/plain; Charset="UTF-8"', true],
    ['without the parameter asked for', ['text/plain;charset=utf-8'], 'text/plain', false],
    ['another value than asked for', ['a/b;version=1'], 'a/b;version=2', false],
    ['a value in other case than asked for', ['a/b;profile=X'], 'a/b;profile=x', false],
    ['two types', ['*/*'], 'text/plain, text/html', false],
    ['no type', ['*/*'], 'json', false],
  ])('judges %s', (_, consumes, contentType, taken) => {
    const question = { method: 'PUT', contentType, hasContent: true }
    const { action } = judgeContentType(question, { consumes })
    expect(action).toBe(taken ? 'proceed' : 'refuse')
  })

  it('tells the type without its parameters', () => {
    const question = {
      method: 'PUT',
      contentType: 'Application/JSON;charset=utf-8',
      hasContent: true,
    }
    expect(judgeContentType(question, json)).toEqual({
      action: 'proceed',
      type: 'application/json',
    })
  })

  it.each([
    ['PUT', [accept]],
    ['POST', [accept, ['Accept-Post', 'application/json']]],
    ['PATCH', [accept, ['Accept-Patch', 'application/json']]],
    ['QUERY', [accept, ['Accept-Query', 'application/json']]],
  ])('refuses another type with the fields of %s', (method, fields) => {
    const question = { method, contentType: 'text/plain', hasContent: true }
    const refusal = { action: 'refuse', status: 415, fields }
    expect(judgeContentType(question, json)).toEqual({ ...refusal, reason: 'unsupported' })
    const invalid = judgeContentType({ ...question, contentType: 'json' }, json)
    expect(invalid).toEqual({ ...refusal, reason: 'invalid' })
  })

  it.each<[string, ContentRules['withoutType'], number | undefined]>([
    ['PUT', undefined, 415],
    ['PUT', 415, 415],
    ['PUT', 400, 400],
    ['PUT', 'take', undefined],
    // RFC 10008 section 2.1.
    ['QUERY', undefined, 400],
    ['QUERY', 415, 400],
    ['QUERY', 'take', 400],
  ])('answers %s without a type, with the rule %s, with %s', (method, withoutType, status) => {
    for (const contentType of [undefined, '']) {
      const question = { method, contentType, hasContent: true }
      const decision = judgeContentType(question, { ...json, withoutType })
      expect(decision).toMatchObject(
        status === undefined
          ? { action: 'proceed', type: undefined }
          : { action: 'refuse', status, reason: 'missing' },
      )
      if (decision.action === 'refuse') expect(decision.fields[0]).toEqual(accept)
    }
  })

  it('lets a request without content pass, but not a QUERY', () => {
    const question = { method: 'POST', contentType: undefined, hasContent: false }
    expect(judgeContentType(question, json).action).toBe('proceed')
    expect(judgeContentType({ ...question, contentType: 'text/plain' }, json).action).toBe(
      'proceed',
    )
    expect(judgeContentType({ ...question, method: 'QUERY' }, json)).toMatchObject({ status: 400 })
  })

  // RFC 10008 section 3, RFC 9651 section 3.3.
  it.each([
    ['application/jsonpath', 'application/jsonpath'],
    ['*/*', '*/*'],
    ['3gpp/x', '"3gpp/x"'],
    ['application/sql;charset=UTF-8', 'application/sql;charset=UTF-8'],
    ['text/a;level=1;x="a\\"b"', 'text/a;level="1";x="a\\"b"'],
  ])('tells %s in Accept-Query as %s', (type, value) => {
    const question = { method: 'QUERY', contentType: 'no/no;a=b', hasContent: true }
    const decision = judgeContentType(
      { ...question, contentType: 'x' },
      { consumes: [type, 'b/c'] },
    )
    expect(decision).toMatchObject({
      fields: [
        ['Accept', `${type}, b/c`],
        ['Accept-Query', `${value}, b/c`],
      ],
    })
  })

  it('does not tell of suffixes, which no field can', () => {
    const question = { method: 'POST', contentType: 'text/plain', hasContent: true }
    expect(judgeContentType(question, { consumes: ['application/*+json'] })).toMatchObject({
      fields: [],
    })
  })

  it.each([
    [
      'no list',
      { consumes: 'application/json' },
      "consumes must be a list such as ['application/json'], got 'application/json'",
    ],
    [
      'no type',
      { consumes: ['json'] },
      "consumes must have media types such as 'application/json', got 'json'",
    ],
    [
      'a wrong status',
      { consumes: [], withoutType: 404 },
      "withoutType must be 400, 415 or 'take', got 404",
    ],
    [
      'an unknown rule',
      { consumes: [], produces: [] },
      "rules: unknown option 'produces'; the options are consumes, withoutType",
    ],
    [
      'a parameter with a name no structured field has',
      { consumes: ['a/b;!x=1'] },
      "the parameter '!x' of 'a/b' cannot stand in Accept-Query",
    ],
  ])('throws on %s', (_, rules, message) => {
    expect(() => createContentJudge(rules as ContentRules)).toThrow(TypeError)
    expect(() => createContentJudge(rules as ContentRules)).toThrow(message)
  })
})
