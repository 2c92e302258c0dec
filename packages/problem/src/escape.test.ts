import { expect, it } from 'vitest'
import { escapeHtml } from './escape.ts'

it.each([
  ['leaves plain text', 'Nothing found at ü 漢', 'Nothing found at ü 漢'],
  ['leaves nothing', '', ''],
  [
    'escapes all five characters, everywhere',
    `<a b="c" d='e'>&&`,
    '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;&amp;',
  ],
  ['escapes what is escaped already', '&amp;', '&amp;amp;'],
])('escapeHtml %s', (_, text, escaped) => {
  expect(escapeHtml(text)).toBe(escaped)
})
