import { describe, expect, it } from 'vitest'
import { representError, representProblem } from './represent.ts'

const problem = { title: 'Not Found', status: 404, detail: 'No note 7' }

const description =
  'There is nothing at this URI, or nothing the server will admit to. It says neither whether this will last, which is 410, nor whether there was ever anything there.'

const chrome =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7'
const firefox = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

const json = {
  type: 'application/problem+json',
  content: '{"title":"Not Found","status":404,"detail":"No note 7"}',
}
const text = {
  type: 'text/plain; charset=utf-8',
  content: `404 Not Found: No note 7\n\n${description}\n`,
}
const html = {
  type: 'text/html; charset=utf-8',
  content: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>404 Not Found</title>
<h1>404 Not Found</h1>
<p>No note 7</p>
<p>${description}</p>
</html>
`,
}

describe('representProblem', () => {
  it.each([
    ['JSON', 'no Accept', undefined, json],
    ['JSON', 'an empty Accept', '', json],
    ['JSON', 'curl and fetch', '*/*', json],
    ['JSON', 'axios', 'application/json, text/plain, */*', json],
    ['JSON', 'jQuery', 'application/json, text/javascript, */*; q=0.01', json],
    ['JSON', 'a client that knows problem details', 'application/problem+json', json],
    ['JSON', 'application/*', 'application/*', json],
    ['JSON', 'other JSON', 'application/ld+json', json],
    ['JSON', 'other JSON before text', 'application/vnd.api+JSON, text/plain;q=0.5', json],
    ['JSON', 'JSON before HTML', 'text/html;q=0.5, application/json', json],
    ['JSON', 'a type nobody can make', 'image/png', json],
    ['JSON', 'nothing at all', '*/*;q=0', json],
    ['JSON', 'no HTML', 'text/html;q=0, */*', json],
    ['JSON', 'what is no Accept', 'hello', json],
    ['HTML', 'Chrome', chrome, html],
    ['HTML', 'Firefox', firefox, html],
    ['HTML', 'text/html', 'text/html', html],
    ['HTML', 'capitals', 'TEXT/HTML', html],
    ['HTML', 'any text', 'text/*', html],
    ['HTML', 'HTML before JSON', 'application/json;q=0.5, text/html', html],
    ['HTML', 'HTML, since JSON is refused', 'application/json;q=0, text/html;q=0.1', html],
    ['text', 'text/plain', 'text/plain', text],
    ['text', 'text with a charset', 'text/plain; charset=utf-8', text],
    ['HTML', 'HTML with a charset', 'text/html;charset=UTF-8, */*;q=0.1', html],
    ['JSON', 'JSON with a charset', 'application/json; charset=utf-8, text/html;q=0.1', json],
    ['text', 'text before a picture', 'text/plain, image/png', text],
    [
      'text',
      'text, since the rest is refused',
      'text/plain, text/html;q=0, application/json;q=0',
      text,
    ],
    ['text', 'text, since other JSON is refused', 'application/ld+json;q=0, text/plain', text],
    ['JSON', 'JSON, since text is refused', 'text/plain;q=0', json],
  ])('gives %s to %s', (_, __, accept, representation) => {
    expect(representProblem(problem, accept)).toEqual(representation)
  })

  it.each([undefined, 'text/html', 'text/plain'])(
    'leaves out a missing detail (Accept: %s)',
    (accept) => {
      const { content } = representProblem({ title: 'Not Found', status: 404 }, accept)
      expect(content).not.toMatch(/undefined|detail|<p><|:\s*$/m)
      expect(content).toContain('404')
    },
  )

  it('never lets markup of a title or detail into HTML', () => {
    const evil = `</title><script>alert("1")</script><img src=x onerror='a'>&amp;`
    const { content } = representProblem(
      { type: evil, status: 400, title: evil, detail: evil, instance: evil, [evil]: evil },
      'text/html',
    )
    const tags = [...content.matchAll(/<[^>]*>/g)].map(([tag]) => tag)
    expect(tags).toEqual([
      '<!doctype html>',
      '<html lang="en">',
      '<meta charset="utf-8">',
      '<meta name="viewport" content="width=device-width">',
      '<title>',
      '</title>',
      '<h1>',
      '</h1>',
      '<p>',
      '</p>',
      '</html>',
    ])
    expect(content).toContain('&amp;amp;')
  })

  it('writes all members in JSON, and quotes what has to be', () => {
    const full = {
      type: 'https://example.com/p',
      title: 'A "b"',
      status: 400,
      detail: 'ü\n</script>',
    }
    expect(JSON.parse(representProblem(full, undefined).content)).toEqual(full)
  })

  it.each([
    ['text/html', '<p>', '<code>Allow</code>'],
    ['text/plain', '\n\n', '`Allow`'],
  ])(
    'says in %s what the status means, with the names of fields as code',
    (accept, before, allow) => {
      const { content } = representProblem({ title: 'Method Not Allowed', status: 405 }, accept)
      expect(content).toContain(
        `${before}The resource exists but does not support this method; ${allow} lists`,
      )
    },
  )

  it.each(['en', 'zh-TW'] as const)('escapes what every status means, in %s', (language) => {
    for (let status = 400; status < 600; status++) {
      const { content } = representProblem({ title: 'T', status }, 'text/html', language)
      const [, description = ''] = /<p>(.*)<\/p>/.exec(content) ?? []
      expect(description.replaceAll(/<code>[^<>]+<\/code>|&#39;|&quot;/g, '')).toMatch(
        /^[^<>&'"`]+$/,
      )
    }
  })

  it('takes no backticks of a detail for code', () => {
    const { content } = representProblem({ ...problem, detail: '`a` `b`' }, 'text/html')
    expect(content).toContain('<p>`a` `b`</p>')
  })

  it.each(['text/html', 'text/plain'])(
    'leaves that to the type in %s, where there is one',
    (accept) => {
      const { content } = representProblem({ ...problem, type: '/p' }, accept)
      expect(content).toContain('No note 7')
      expect(content).not.toContain('There is nothing')
    },
  )

  it.each([
    ['text/html', /^<!doctype html>\n<html lang="zh-TW">[^]*<p>這個 URI 沒有資源/],
    ['text/plain', /^404 找不到\n\n這個 URI 沒有資源/],
  ])('speaks Chinese in %s', (accept, content) => {
    const answer = representProblem({ title: '找不到', status: 404 }, accept, 'zh-TW')
    expect(answer.content).toMatch(content)
    expect(answer.content).not.toContain('There')
  })

  const circle: Record<string, unknown> = {}
  circle['circle'] = circle
  it.each<[string, unknown]>([
    ['a bigint', 7n],
    ['a circle', circle],
    [
      'a toJSON that throws',
      {
        toJSON() {
          throw new Error('secret')
        },
      },
    ],
  ])('leaves out extensions where one, %s, has no JSON', (_, extension) => {
    expect(representProblem({ ...problem, extension, other: 1 }, undefined)).toEqual(json)
  })
})

describe('representError', () => {
  const chinese = { 'accept-language': 'zh-TW' }
  const typed = (title: unknown): object => ({
    status: 403,
    expose: true,
    problem: { type: '/p', title },
  })

  it.each([
    ['nothing asked for', {}, 'en', json.type, json.content],
    [
      'Chinese JSON',
      chinese,
      'zh-TW',
      json.type,
      '{"title":"找不到","status":404,"detail":"No note 7"}',
    ],
    ['English HTML', { accept: 'text/html' }, 'en', html.type, html.content],
    [
      'English text',
      { accept: 'text/plain', 'accept-language': 'en' },
      'en',
      text.type,
      text.content,
    ],
  ])('gives an answer: %s', (_, preferences, language, type, content) => {
    const error = { status: 404, expose: true, message: 'No note 7' }
    expect(representError(error, preferences)).toEqual({ status: 404, language, type, content })
  })

  it('takes the fallback for an error without a status', () => {
    expect(representError('secret')).toMatchObject({ status: 500 })
    expect(representError('secret', {}, 403)).toMatchObject({
      status: 403,
      content: '{"title":"Forbidden","status":403}',
    })
  })

  it.each([
    ['zh-TW', { en: 'T', 'zh-TW': '標題' }, '標題'],
    ['en', { en: 'T' }, 'T'],
    [undefined, 'Titel', 'Titel'],
    ['zh-TW', undefined, '禁止存取'],
  ])('says %s is the language of title %o', (language, title, told) => {
    const answer = representError(typed(title), chinese)
    expect([answer.language, JSON.parse(answer.content)]).toEqual([
      language,
      { type: '/p', title: told, status: 403 },
    ])
  })

  it.each([
    [{ en: 'T' }, '<html lang="en">'],
    [{ en: 'T', 'zh-TW': '標題' }, '<html lang="zh-TW">'],
    ['Titel', '<html>'],
  ])('says the same in HTML of %o', (title, tag) => {
    const { content } = representError(typed(title), { ...chinese, accept: 'text/html' })
    expect(content.split('\n')[1]).toBe(tag)
  })
})
