import { libraries } from './session-libraries.mjs'

/** What happens to a session in a visit. */
const kinds = {
  untouched: 'A session that nobody reads',
  read: 'A session is opened and read',
  whole: 'A session is read, and the answer ends',
  changed: 'A session is read, changed and saved',
}

/** Sessions in a cookie, from the request's `Cookie` to the answer's `Set-Cookie`. */
export async function groups() {
  const visits = new Map()
  for (const [name, prepare] of Object.entries(libraries)) visits.set(name, await prepare())
  return Object.entries(kinds).map(([kind, title]) => {
    const entries = [...visits]
      .filter(([, visit]) => visit[kind] !== undefined)
      .map(([name, visit]) => [name, visit[kind]])
    return { name: `session-${kind}`, title, entries: Object.fromEntries(entries) }
  })
}
