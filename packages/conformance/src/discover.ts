import type { Answer } from './wire/answer.ts'
import { field } from './wire/answer.ts'
import type { Origin } from './wire/origin.ts'

/**
 * The paths of the same server that a page links to, in order.
 *
 * @param answer - The answer to GET for the page.
 * @param origin - The server; its path is the page's.
 */
export function linkedPaths(answer: Answer, origin: Origin): readonly string[] {
  if (!/^text\/html\b|^application\/xhtml\+xml\b/i.test(field(answer, 'content-type') ?? ''))
    return []
  const base = `${origin.secure ? 'https' : 'http'}://${origin.authority}${origin.path}`
  const html = answer.content.toString('latin1').replaceAll(/<!--[\s\S]*?-->/g, '')
  const found = new Set<string>()
  const attribute =
    /<(?:a|link|img|script|iframe|source)\b[^>]*?\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gi
  for (const [, double, single, bare] of html.matchAll(attribute)) {
    const text = (double ?? single ?? bare ?? '').replaceAll('&amp;', '&')
    if (!URL.canParse(text, base)) continue
    const url = new URL(text, base)
    if (url.host !== origin.authority || url.protocol !== new URL(base).protocol) continue
    // A link that may do something is not for a checker to follow.
    if (/log-?out|sign-?out|delete|remove|unsubscribe/i.test(url.pathname + url.search)) continue
    found.add(`${url.pathname}${url.search}`)
  }
  return [...found]
}
