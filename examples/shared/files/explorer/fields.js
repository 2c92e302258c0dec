import { ask } from './ask.js'

/** Shows beside the meaning of fields, directives and attributes what the server says in them. */
export async function fillFields() {
  const [page, login] = await Promise.all([ask('HEAD /'), ask('POST /login', 'post')])
  const fields = readFields(page)
  show('field', fields)
  show('directive', readPairs(fields.get('content-security-policy') ?? '', /\s+/))
  const cookie = readFields(login).get('set-cookie') ?? ''
  const attributes = readPairs(cookie, '=')
  for (const prefix of ['__host-', '__secure-']) {
    if (cookie.toLowerCase().startsWith(prefix)) attributes.set(prefix, cookie.split('=', 1)[0])
  }
  show('attribute', attributes)
}

/** The fields of a header section by their names in lower case. */
function readFields(head) {
  const lines = head.split(/\r?\n/).slice(1)
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
}

/** What semicolons part, each a name and perhaps a value: a whole `Path=/` by `path`. */
function readPairs(text, separator) {
  return new Map(
    text
      .split(';')
      .map((part) => part.trim())
      .map((part) => [part.split(separator, 1)[0].toLowerCase(), part]),
  )
}

/** Writes the values to the places of a kind; a name that is not there is not sent. */
function show(kind, values) {
  for (const place of document.querySelectorAll(`[data-${kind}]`)) {
    const value = values.get(place.dataset[kind].toLowerCase())
    const line = place.parentElement
    if (value === undefined) place.replaceWith(line.closest('dl').dataset.absent)
    else place.textContent = value
    line.classList.toggle('absent', value === undefined)
    line.hidden = false
  }
}
