const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The ids of rules that are known to fail.
 *
 * @param text - A report as JSON, or a JSON list of ids.
 * @param file - Its name, for the message.
 * @throws TypeError for anything else.
 */
export function readBaseline(text: string, file: string): readonly string[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  if (Array.isArray(value) && value.every((id) => typeof id === 'string')) return value
  if (isObject(value) && Array.isArray(value['results'])) {
    return value['results'].flatMap((result: unknown) =>
      isObject(result) && result['outcome'] === 'failed' && typeof result['id'] === 'string'
        ? [result['id']]
        : [],
    )
  }
  throw new TypeError(
    `the baseline '${file}' is neither a report of --format json nor a JSON list of ids`,
  )
}
