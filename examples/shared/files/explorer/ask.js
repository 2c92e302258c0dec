/**
 * Has the server send itself a request, and gives the header sections of the answer as they came:
 * `fetch` alone would hide cookies, interim answers and where redirects lead.
 *
 * @param {string} question - How the request begins, such as `GET /respond/404`.
 * @param {string} [method] - By which the server is asked: `post` where the request is not a safe one.
 * @returns {Promise<string>}
 */
export async function ask(question, method = 'get') {
  const target = `/explorer/head?${new URLSearchParams({ of: question })}`
  const response = await fetch(target, { method })
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  const text = await response.text()
  return text.trimEnd()
}

/**
 * Puts texts into the places of a pattern, `{0}` and `{1}`.
 *
 * @param {string} pattern
 * @param {...(string | number)} texts
 * @returns {string}
 */
export const fill = (pattern, ...texts) =>
  pattern.replaceAll(/\{(\d)\}/g, (_place, index) => String(texts[Number(index)]))
