import { METHODS } from 'node:http'

/** What Node's parser tells of a message it could not read. */
export interface ParserFailure {
  /** The code of the error: `HPE_INVALID_METHOD`. */
  readonly code: string
  /** What the parser says beside it, which tells what the code alone does not. */
  readonly reason: string
  /** The packet in which it stumbled, and what came behind it, as latin1. */
  readonly text: string
  /** How far it had read in that packet. */
  readonly position: number
  /** Whether bytes came before that packet, so that the request line may have begun in them. */
  readonly isContinued: boolean
  /** The transfer codings of the request whose content it could not read. */
  readonly codings?: string | undefined
}

/** How many bytes of a request line to wait for: what Node takes for a header section. */
const longestLine = 16_384

/** A request line (RFC 9112 section 3); the method is empty where it stood in an earlier packet. */
const requestLine =
  /^([!#$%&'*+\-.^_`|~0-9A-Za-z]*) (?:\/[!-~]*|\*|[!-)+-.0-~][!-~]*:[!-~]*) HTTP\/(\d\.\d)\r?$/

/** What may become a request line when the rest of it comes. */
const partialLine = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]*(?: [!-~]*(?: [HTP]*(?:\/[\d.]*\r?)?)?)?$/

/** The end of a request line whose beginning stood in an earlier packet: its version, or a part of it. */
const endOfLine = /(?:^| )[HTP]*\/?\d?\.?\d\r?$/

/** The codes that concern the request line, and may mean a method or version it is right to use. */
const lineCodes: ReadonlySet<string> = new Set([
  'HPE_INVALID_METHOD',
  'HPE_INVALID_CONSTANT',
  'HPE_INVALID_VERSION',
])

/**
 * The status that a message the parser could not read deserves: 501 for a method it does not know
 * ([RFC 9110 section 9.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.1)) and for transfer
 * codings ([RFC 9112 section 6.1](https://www.rfc-editor.org/rfc/rfc9112.html#section-6.1)), 505 for a
 * version, 414 and 431 for what is too long, 413 for chunk extensions, 408 for a client too slow, 400
 * for what is malformed.
 *
 * @param isAll - Whether no more bytes will come.
 * @returns The status, or `undefined` where the rest of the request line decides.
 */
export function statusOfFailure(failure: ParserFailure, isAll: boolean): number | undefined {
  const { code, text } = failure
  const isLast = isAll || text.length - failure.position > longestLine
  if (lineCodes.has(code)) return statusOfLine(failure, isLast)
  switch (code) {
    case 'HPE_PAUSED_H2_UPGRADE':
      // The preface of HTTP/2: a request line of that version.
      return 505
    case 'HPE_HEADER_OVERFLOW':
      return statusOfOverflow(failure, isLast)
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 413
    case 'HPE_INVALID_TRANSFER_ENCODING':
      return isForeignCoding(failure) ? 501 : 400
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408
    default:
      return 400
  }
}

function statusOfLine(failure: ParserFailure, isLast: boolean): number | undefined {
  const { reason, text, isContinued } = failure
  if (reason === 'Expected HTTP/2 Connection Preface') {
    return / HTTP\/1\.[01]\r?\n/.test(text) ? 501 : 505
  }
  const { line, start, isComplete } = lineAt(failure)
  const isCut = start === 0 && isContinued
  if (!isComplete && !isLast && partialLine.test(line)) return undefined
  const [, method, version] = requestLine.exec(line) ?? []
  if (method !== undefined && isComplete && (method !== '' || isCut)) {
    if (version !== '1.0' && version !== '1.1') return 505
    // Where only its end was seen, the parser stumbled on the whole of it.
    return isCut || !METHODS.includes(method) ? 501 : 400
  }
  if (!isCut || !isComplete || !endOfLine.test(line)) return 400
  if (reason === 'Invalid HTTP version') return 505
  return reason === 'Invalid method for HTTP/x.x request' ? 501 : 400
}

/**
 * 414 where it was the request line that was too long, 431 where it was a field
 * ([RFC 6585 section 5](https://www.rfc-editor.org/rfc/rfc6585.html#section-5)): the parser does not say.
 */
function statusOfOverflow(failure: ParserFailure, isLast: boolean): 414 | 431 | undefined {
  const { line, start, isComplete } = lineAt(failure)
  const before = failure.text.slice(0, start)
  // A field stands below a line that is not empty.
  if (/[^\r\n]\r?\n$/.test(before)) return 431
  if (isComplete) return / HTTP\/\d\.\d\r?$/.test(line) ? 414 : 431
  if (!isLast) return undefined
  const [, method = ''] = /^(\S+) \S*$/.exec(line) ?? []
  return METHODS.includes(method) ? 414 : 431
}

/** The line in which the parser stumbled, as far as it was seen. */
function lineAt({ code, text, position }: ParserFailure): {
  line: string
  start: number
  isComplete: boolean
} {
  let start = text.lastIndexOf('\n', position - 1) + 1
  if (position === 0) start = 0
  if (code === 'HPE_INVALID_METHOD') {
    // Behind the content of an earlier request no line has to end: the method begins where the parser
    // stumbled, or few letters before.
    const [head = ''] = /[A-Za-z-]*$/.exec(text.slice(start, position)) ?? []
    start = position - head.length
  }
  const end = text.indexOf('\n', Math.max(start, position))
  return {
    line: end === -1 ? text.slice(start) : text.slice(start, end),
    start,
    isComplete: end !== -1,
  }
}

/** Whether the parser refused a transfer coding because it is not `chunked`. */
function isForeignCoding({ text, codings }: ParserFailure): boolean {
  if (/^content-length:/im.test(text)) return false
  const seen =
    codings ?? [...text.matchAll(/^transfer-encoding:(.*)$/gim)].map(([, value]) => value).join(',')
  const names = seen.split(',').map((name) => name.trim().toLowerCase())
  // Codings in an earlier packet were not seen; `chunked` alone would have been no reason.
  return seen === '' || names.some((name) => name !== '' && name !== 'chunked')
}
