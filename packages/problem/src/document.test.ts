import { describe, expect, it } from 'vitest'
import { defineProblem } from './define.ts'
import { documentProblems } from './document.ts'

const base = 'https://example.com/problems'

const definitions = [
  defineProblem({
    type: `${base}#out-of-credit`,
    status: 403,
    title: { en: "You don't have enough credit", 'zh-TW': '您的點數不足' },
  }),
  defineProblem({ type: `${base}?a=b&c=d#a%22b`, status: 503, title: { en: '<Closed>' } }),
  defineProblem({ type: '/bytes#%FF', status: 400, title: { en: 'Bytes' } }),
  defineProblem({ type: '/plain', status: 400, title: { en: 'Plain' } }),
]

const [outOfCredit] = definitions

describe('documentProblems', () => {
  it('lists types, titles and statuses as JSON', () => {
    const { type, language, content } = documentProblems(definitions)
    expect([type, language]).toEqual(['application/json', 'en'])
    expect(JSON.parse(content)).toEqual({
      problems: definitions.map(({ type, title, status }) => ({ type, title: title.en, status })),
    })
  })

  it.each(['en', 'zh-TW'] as const)('has titles in %s, or English ones', (language) => {
    const document = documentProblems(definitions, { 'accept-language': language })
    expect(document.language).toBe(language)
    expect(JSON.parse(document.content)).toMatchObject({
      problems: [
        { title: outOfCredit?.title[language] },
        { title: '<Closed>' },
        { title: 'Bytes' },
        { title: 'Plain' },
      ],
    })
  })

  it('is a page with an anchor for every fragment, and no markup of a title', () => {
    const preferences = { accept: 'text/html', 'accept-language': 'zh-TW' }
    expect(documentProblems(definitions, preferences)).toEqual({
      type: 'text/html; charset=utf-8',
      language: 'zh-TW',
      content: `<!doctype html>
<html lang="zh-TW">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>問題類型</title>
<h1>問題類型</h1>
<dl>
<dt id="out-of-credit">403 您的點數不足</dt>
<dd><code>${base}#out-of-credit</code></dd>
<dt id="a&quot;b" lang="en">503 &lt;Closed&gt;</dt>
<dd><code>${base}?a=b&amp;c=d#a%22b</code></dd>
<dt id="%FF" lang="en">400 Bytes</dt>
<dd><code>/bytes#%FF</code></dd>
<dt lang="en">400 Plain</dt>
<dd><code>/plain</code></dd>
</dl>
</html>
`,
    })
  })

  it('is plain text for those who read nothing else', () => {
    expect(documentProblems(definitions.slice(2), { accept: 'text/plain' })).toEqual({
      type: 'text/plain; charset=utf-8',
      language: 'en',
      content: 'Problems\n\n400 Bytes\n/bytes#%FF\n\n400 Plain\n/plain\n',
    })
  })

  it('takes an app without problems', () => {
    expect(documentProblems([]).content).toBe('{"problems":[]}')
  })
})
