type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

type NumberOf<Text extends string> = Text extends `${infer Value extends number}` ? Value : never

/**
 * A status code that an error can have, registered or not: 400 to 599
 * ([RFC 9110 section 15](https://www.rfc-editor.org/rfc/rfc9110.html#section-15)). A literal, so that
 * `status: 200` does not compile.
 */
export type ErrorStatus = NumberOf<`${4 | 5}${Digit}${Digit}`>

/** Whether a value is an {@link ErrorStatus}. */
export const isErrorStatus = (value: unknown): value is ErrorStatus =>
  typeof value === 'number' && Number.isInteger(value) && value >= 400 && value <= 599
