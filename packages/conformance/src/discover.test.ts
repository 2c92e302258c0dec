import { expect, it } from 'vitest'
import { linkedPaths } from './discover.ts'
import { readAnswers } from './wire/answer.ts'
import { parseOrigin } from './wire/origin.ts'

const page = (type: string, html: string): readonly string[] => {
  const text = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${html.length}\r\n\r\n${html}`
  const [answer] = readAnswers(text, ['GET'], true).finals
  return answer === undefined ? [] : linkedPaths(answer, parseOrigin('http://a.example/x/y'))
}

it.each([
  ['absolute paths', '<a href="/b?c=1&amp;d=2#e">', ['/b?c=1&d=2']],
  ['relative ones', "<img class=a src='z.png'>", ['/x/z.png']],
  ['values without quotes', '<link rel=stylesheet href=/a.css>', ['/a.css']],
  ['each once', '<a href="/b"><a href="/b">', ['/b']],
  ['no other host', '<a href="http://b.example/">', []],
  ['no other scheme', '<a href="https://a.example/"><a href="mailto:a@b">', []],
  ['nothing in comments', '<!-- <a href="/b"> -->', []],
  ['nothing that may do something', '<a href="/logout"><a href="/items/1/delete">', []],
])('finds %s', (_title, html, expected) => {
  expect(page('text/html; charset=utf-8', html)).toEqual(expected)
})

it('looks for links in pages only', () => {
  expect(page('text/plain', '<a href="/b">')).toEqual([])
})
