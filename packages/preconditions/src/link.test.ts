import { expect, it } from 'vitest'
import { linkValue, type Link } from './link.ts'

it.each<[Link, string]>([
  [
    { target: '/style.css', rel: 'preload', parameters: { as: 'style' } },
    '</style.css>; rel=preload; as=style',
  ],
  [
    { target: 'https://cdn.example', rel: 'preconnect', parameters: { crossorigin: true } },
    '<https://cdn.example>; rel=preconnect; crossorigin',
  ],
  [{ target: '?page=2', rel: 'next last' }, '<?page=2>; rel="next last"'],
  [
    { target: '/a', rel: 'x', parameters: { type: 'text/css', title: '"a" \\ b' } },
    '</a>; rel=x; type="text/css"; title="\\"a\\" \\\\ b"',
  ],
  [
    { target: '/%20', rel: 'x', parameters: { as: undefined, title: '' } },
    '</%20>; rel=x; title=""',
  ],
])('writes %j as %s', (link, value) => {
  expect(linkValue(link)).toBe(value)
})

it.each<[Link, string]>([
  [
    { target: '', rel: 'x' },
    "linkValue(): target must be a URI reference such as '/style.css', got ''",
  ],
  [{ target: '/a b', rel: 'x' }, 'linkValue(): target must be'],
  [{ target: '/a>; rel=y, <b', rel: 'x' }, 'linkValue(): target must be'],
  [{ target: '/ä', rel: 'x' }, 'linkValue(): target must be'],
  [{ target: '/%2', rel: 'x' }, 'linkValue(): target must be'],
  [{ target: '/a', rel: '' }, "linkValue(): rel must be a relation such as 'preload', got ''"],
  [{ target: '/a', rel: 'x\r\nY: z' }, 'linkValue(): rel must be a text in ASCII'],
  [
    { target: '/a', rel: 'x', parameters: { title: 'ä' } },
    'linkValue(): title must be a text in ASCII',
  ],
  [
    { target: '/a', rel: 'x', parameters: { 'a b': 'c' } },
    "linkValue(): a parameter's name must be like 'as', got 'a b'",
  ],
  [
    { target: '/a', rel: 'x', parameters: { Rel: 'c' } },
    "linkValue(): parameters must not have 'Rel'; give rel instead",
  ],
])('throws on %j', (link, message) => {
  expect(() => linkValue(link)).toThrow(TypeError)
  expect(() => linkValue(link)).toThrow(message)
})
