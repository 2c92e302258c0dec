const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The example or default of a parameter, if it has one. */
function exampleOf(parameter: unknown): string | undefined {
  if (!isObject(parameter)) return undefined
  const schema = isObject(parameter['schema']) ? parameter['schema'] : {}
  const value = parameter['example'] ?? schema['example'] ?? schema['default']
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/**
 * The paths of an OpenAPI document that GET works for. A path with parameters is taken where each has
 * an example or a default.
 *
 * @throws TypeError for what is no OpenAPI document.
 */
export function openapiPaths(document: unknown): readonly string[] {
  if (!isObject(document) || !isObject(document['paths'])) {
    throw new TypeError("openapi: this is no OpenAPI document: it has no 'paths'")
  }
  const [server] = Array.isArray(document['servers']) ? document['servers'] : []
  const url = isObject(server) && typeof server['url'] === 'string' ? server['url'] : '/'
  const base = (URL.canParse(url, 'http://a') ? new URL(url, 'http://a').pathname : '/').replace(
    /\/$/,
    '',
  )
  return Object.entries(document['paths']).flatMap(([template, item]) => {
    if (!template.startsWith('/') || !isObject(item) || !isObject(item['get'])) return []
    const parameters = [item['parameters'], item['get']['parameters']].flatMap((list) =>
      Array.isArray(list) ? list : [],
    )
    let isFilled = true
    const path = template.replaceAll(/\{([^}]+)\}/g, (_whole, name: string) => {
      const value = exampleOf(
        parameters.find((parameter) => isObject(parameter) && parameter['name'] === name),
      )
      if (value === undefined) isFilled = false
      return encodeURIComponent(value ?? '')
    })
    // What no request target may have is encoded: it would end the request line, or the target.
    return isFilled ? [`${base}${path.replaceAll(/[^!-~]|#/gu, encodeURIComponent)}`] : []
  })
}
