import { describe, expect, it } from 'vitest'
import { representProblem } from './represent.ts'

const problem = { title: 'Not Found', status: 404, detail: 'No note 7' }

const chrome =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7'
const firefox = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

const json = {
  type: 'application/problem+json',
  content: '{"title":"Not Found","status":404,"detail":"No note 7"}',
}
const text = { type: 'text/plain; charset=utf-8', content: '404 Not Found: No note 7\n' }
const html = {
  type: 'text/html; charset=utf-8',
  content: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>404 Not Found</title>
<h1>404 Not Found</h1>
<p>No note 7</p>
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
      expect(content).not.toMatch(/undefined|detail|<p>|:\s*$/)
      expect(content).toContain('404')
    },
  )

  it('never lets markup of a title or detail into HTML', () => {
    const evil = `</title><script>alert("1")</script><img src=x onerror='a'>&amp;`
    const { content } = representProblem({ status: 400, title: evil, detail: evil }, 'text/html')
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
})
