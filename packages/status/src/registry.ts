/**
 * The one table: every row of the IANA HTTP Status Code Registry, 64 of them, as of 2025-09-15.
 * Codes, constants, phrases, types, look-ups and texts are all derived from it or checked against it.
 *
 * A row says only what is particular to it:
 *
 * - `phrase` is the reason phrase; without spaces and hyphens it is the name of the constant.
 * - `name` names the constant of a reserved code, which has no phrase.
 * - `spec` is the text that defines it: a section of RFC 9110, or `RFC`, number and section.
 * - `was` lists reason phrases it had in older specifications or still has in Node.
 * - `state` is left out of the ordinary row, which is `permanent`.
 * - `cacheable` is left out where a response needs explicit freshness to be stored. RFC 9110 section
 *   15.1 lists what a cache may store by heuristics; other documents add to that list.
 * - `content` is left out where the response may have content.
 * - `fields` lists what this status asks of the response's header fields: level, fields, condition
 *   (see `fields.ts`), and the text that asks where that is not the row's own `spec`.
 *   What holds for the whole 1xx class stands in `info.ts`, since it holds for unassigned codes too.
 *
 * @see https://www.iana.org/assignments/http-status-codes
 */
export const registry = {
  100: { phrase: 'Continue', spec: '15.2.1' },
  101: {
    phrase: 'Switching Protocols',
    spec: '15.2.2',
    // HTTP/2 and HTTP/3 have no 101 (RFC 9113 section 8.6), so these two are never at odds with them.
    fields: [
      ['MUST', 'Upgrade'],
      ['MUST', 'Connection', 'http/1.1', '7.8'],
    ],
  },
  // Dropped from WebDAV by RFC 4918, but the registry still lists it as an ordinary row.
  102: { phrase: 'Processing', spec: 'RFC 2518 10.1' },
  // RFC 8297 has no keyword for Link: its text merely builds on it.
  103: {
    phrase: 'Early Hints',
    spec: 'RFC 8297 2',
    fields: [['MAY', 'Link']],
  },
  // A temporary registration, made 2024-11-13, extended 2025-09-15, due to expire on 2026-11-13.
  // Whether it was extended again could not be verified when this row was written; the draft itself
  // was alive (revision 15 is of 2026-11-02). A 104 is sent once there is an upload, to give its URI.
  104: {
    phrase: 'Upload Resumption Supported',
    spec: 'draft-ietf-httpbis-resumable-upload-05',
    state: 'temporary',
    fields: [['MUST', 'Location']],
  },

  200: {
    phrase: 'OK',
    spec: '15.3.1',
    cacheable: 'heuristically',
    fields: [['SHOULD', 'ETag, Last-Modified', 'available']],
  },
  // Without Location, the target URI is what was created: no keyword, it is how a client reads it.
  201: {
    phrase: 'Created',
    spec: '15.3.2',
    fields: [['MAY', 'Location']],
  },
  202: { phrase: 'Accepted', spec: '15.3.3' },
  203: {
    phrase: 'Non-Authoritative Information',
    spec: '15.3.4',
    cacheable: 'heuristically',
  },
  204: {
    phrase: 'No Content',
    spec: '15.3.5',
    cacheable: 'heuristically',
    content: 'never',
    fields: [
      ['MUST NOT', 'Content-Length', 'always', '8.6'],
      ['MUST NOT', 'Transfer-Encoding', 'always', 'RFC 9112 6.1'],
    ],
  },
  // Not in the list of RFC 9110 section 6.4.1: framing still has to say that the content is empty.
  205: {
    phrase: 'Reset Content',
    spec: '15.3.6',
    content: 'never',
    fields: [['SHOULD', 'Content-Length', 'always', '8.6']],
  },
  206: {
    phrase: 'Partial Content',
    spec: '15.3.7',
    cacheable: 'heuristically',
    fields: [
      ['MUST', 'Content-Range', 'single-part', '15.3.7.1'],
      ['MUST NOT', 'Content-Range', 'multipart', '15.3.7.2'],
      ['MUST', 'Content-Type', 'multipart', '15.3.7.2'],
      ['MUST', 'Date, Cache-Control, ETag, Expires, Content-Location, Vary', 'as-200'],
    ],
  },
  207: { phrase: 'Multi-Status', spec: 'RFC 4918 11.1' },
  208: { phrase: 'Already Reported', spec: 'RFC 5842 7.1' },
  226: {
    phrase: 'IM Used',
    spec: 'RFC 3229 10.4.1',
    fields: [['MUST', 'ETag']],
  },

  300: {
    phrase: 'Multiple Choices',
    spec: '15.4.1',
    cacheable: 'heuristically',
    fields: [['SHOULD', 'Location', 'preferred']],
  },
  301: {
    phrase: 'Moved Permanently',
    spec: '15.4.2',
    cacheable: 'heuristically',
    fields: [['SHOULD', 'Location']],
  },
  302: {
    phrase: 'Found',
    was: ['Moved Temporarily'],
    spec: '15.4.3',
    fields: [['SHOULD', 'Location']],
  },
  // The section has no keyword: Location is part of what 303 means, so no weaker than its siblings.
  303: {
    phrase: 'See Other',
    spec: '15.4.4',
    fields: [['SHOULD', 'Location']],
  },
  304: {
    phrase: 'Not Modified',
    spec: '15.4.5',
    content: 'never',
    fields: [
      ['MUST', 'Content-Location, Date, ETag, Vary, Cache-Control, Expires', 'as-200'],
      ['MAY', 'Content-Length', 'as-200', '8.6'],
    ],
  },
  305: {
    phrase: 'Use Proxy',
    spec: '15.4.6',
    state: 'deprecated',
  },
  // "(Unused)" is the registry's description; the constant keeps the name 306 had in a 1997 draft.
  306: {
    name: 'SwitchProxy',
    phrase: '(Unused)',
    was: ['Switch Proxy'],
    spec: '15.4.7',
    state: 'reserved',
  },
  307: {
    phrase: 'Temporary Redirect',
    spec: '15.4.8',
    fields: [['SHOULD', 'Location']],
  },
  308: {
    phrase: 'Permanent Redirect',
    spec: '15.4.9',
    cacheable: 'heuristically',
    fields: [['SHOULD', 'Location']],
  },

  400: { phrase: 'Bad Request', spec: '15.5.1' },
  401: {
    phrase: 'Unauthorized',
    spec: '15.5.2',
    fields: [['MUST', 'WWW-Authenticate']],
  },
  // "Reserved for future use" is said of its meaning; the registry lists the code as assigned.
  402: { phrase: 'Payment Required', spec: '15.5.3' },
  403: { phrase: 'Forbidden', spec: '15.5.4' },
  404: {
    phrase: 'Not Found',
    spec: '15.5.5',
    cacheable: 'heuristically',
  },
  405: {
    phrase: 'Method Not Allowed',
    spec: '15.5.6',
    cacheable: 'heuristically',
    fields: [['MUST', 'Allow']],
  },
  406: { phrase: 'Not Acceptable', spec: '15.5.7' },
  407: {
    phrase: 'Proxy Authentication Required',
    spec: '15.5.8',
    fields: [['MUST', 'Proxy-Authenticate']],
  },
  // RFC 9110 no longer asks for `Connection: close`, as RFC 7231 section 6.5.7 did.
  408: {
    phrase: 'Request Timeout',
    was: ['Request Time-out'],
    spec: '15.5.9',
  },
  409: { phrase: 'Conflict', spec: '15.5.10' },
  410: {
    phrase: 'Gone',
    spec: '15.5.11',
    cacheable: 'heuristically',
  },
  411: { phrase: 'Length Required', spec: '15.5.12' },
  412: { phrase: 'Precondition Failed', spec: '15.5.13' },
  413: {
    phrase: 'Content Too Large',
    was: ['Payload Too Large', 'Request Entity Too Large'],
    spec: '15.5.14',
    fields: [['SHOULD', 'Retry-After', 'temporary']],
  },
  414: {
    phrase: 'URI Too Long',
    was: ['Request-URI Too Long', 'Request-URI Too Large'],
    spec: '15.5.15',
    cacheable: 'heuristically',
  },
  // In lower case RFC 9110 says "ought to" of Accept-Encoding and "can" of Accept.
  415: {
    phrase: 'Unsupported Media Type',
    spec: '15.5.16',
    fields: [
      ['SHOULD', 'Accept-Encoding', 'content-coding'],
      ['MAY', 'Accept', 'media-type'],
      ['SHOULD', 'Accept-Patch', 'patch', 'RFC 5789 2.2'],
      ['MAY', 'Accept-Query', 'query', 'RFC 10008'],
    ],
  },
  416: {
    phrase: 'Range Not Satisfiable',
    was: ['Requested Range Not Satisfiable'],
    spec: '15.5.17',
    fields: [['SHOULD', 'Content-Range', 'byte-range']],
  },
  417: { phrase: 'Expectation Failed', spec: '15.5.18' },
  // Reserved because a joke (RFC 2324) made it unusable; the phrase of that joke is not registered.
  418: {
    name: 'ImATeapot',
    phrase: '(Unused)',
    was: ["I'm a teapot"],
    spec: '15.5.19',
    state: 'reserved',
  },
  421: { phrase: 'Misdirected Request', spec: '15.5.20' },
  422: {
    phrase: 'Unprocessable Content',
    was: ['Unprocessable Entity'],
    spec: '15.5.21',
  },
  423: { phrase: 'Locked', spec: 'RFC 4918 11.3' },
  424: { phrase: 'Failed Dependency', spec: 'RFC 4918 11.4' },
  // "Not cacheable by default" only rules out heuristics: explicit freshness is still allowed.
  425: { phrase: 'Too Early', spec: 'RFC 8470 5.2' },
  // HTTP/2 and HTTP/3 allow no Upgrade (RFC 9113 section 8.2.2): a 426 cannot keep its MUST there.
  426: {
    phrase: 'Upgrade Required',
    spec: '15.5.22',
    fields: [
      ['MUST', 'Upgrade'],
      ['MUST', 'Connection', 'http/1.1', '7.8'],
    ],
  },
  428: {
    phrase: 'Precondition Required',
    spec: 'RFC 6585 3',
    cacheable: 'never',
  },
  429: {
    phrase: 'Too Many Requests',
    spec: 'RFC 6585 4',
    cacheable: 'never',
    fields: [['MAY', 'Retry-After']],
  },
  431: {
    phrase: 'Request Header Fields Too Large',
    spec: 'RFC 6585 5',
    cacheable: 'never',
  },
  451: {
    phrase: 'Unavailable For Legal Reasons',
    spec: 'RFC 7725 3',
    cacheable: 'heuristically',
    fields: [['SHOULD', 'Link', 'always', 'RFC 7725 4']],
  },

  500: { phrase: 'Internal Server Error', spec: '15.6.1' },
  501: {
    phrase: 'Not Implemented',
    spec: '15.6.2',
    cacheable: 'heuristically',
  },
  502: { phrase: 'Bad Gateway', spec: '15.6.3' },
  503: {
    phrase: 'Service Unavailable',
    spec: '15.6.4',
    fields: [['MAY', 'Retry-After']],
  },
  504: {
    phrase: 'Gateway Timeout',
    was: ['Gateway Time-out'],
    spec: '15.6.5',
  },
  505: {
    phrase: 'HTTP Version Not Supported',
    spec: '15.6.6',
  },
  506: { phrase: 'Variant Also Negotiates', spec: 'RFC 2295 8.1' },
  507: { phrase: 'Insufficient Storage', spec: 'RFC 4918 11.5' },
  508: { phrase: 'Loop Detected', spec: 'RFC 5842 7.2' },
  // The IETF moved RFC 2774 to Historic, and the registry marks the row OBSOLETED.
  510: { phrase: 'Not Extended', spec: 'RFC 2774 7', state: 'obsolete' },
  511: {
    phrase: 'Network Authentication Required',
    spec: 'RFC 6585 6',
    cacheable: 'never',
  },
} as const

/** A code of the IANA registry, as a union of number literals: `100 | 101 | … | 511`. */
export type StatusCode = keyof typeof registry
