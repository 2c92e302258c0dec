// What the handlers of all servers answer with.

const note = (id) => ({ id, text: 'Tell clients what they may do', done: id % 2 === 0 })

/** A value that is about `bytes` long as JSON. */
function notes(bytes) {
  const list = []
  let length = 2
  while (length < bytes) {
    list.push(note(list.length))
    length += JSON.stringify(list.at(-1)).length + 1
  }
  return list
}

export const hello = 'hello'
export const user = 'ann'
export const etag = '"v1"'
export const small = notes(1000)
export const large = notes(100_000)

/** The key of every session. */
export const secretKey = 'correct horse battery staple, and more of it'

/** The options of our sessions. The connections of the benchmark are not on TLS, as those of the peers. */
export const session = { secretKey, sessionCookieSecure: false }

/** The path of one of many routes; the last one has the id 7. */
export const routePath = (index) => `/things${index}`
