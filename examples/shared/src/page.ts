import { escapeHtml } from '@http-semantics/problem'
import type { Language } from './language.ts'

/** What one page differs from another in; `head` and `body` are HTML. */
export interface Page {
  readonly language: Language
  readonly title: string
  readonly head?: string
  readonly body: string
}

/** A page as a document. All it loads comes from files of its own origin, as a strict policy has it. */
export const renderPage = ({ language, title, head = '', body }: Page): string =>
  `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/explorer/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/explorer/page.css">
${head}</head>
<body>
${body}
</body>
</html>
`
