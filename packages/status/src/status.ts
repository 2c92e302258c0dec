// Written by scripts/write-codes.mjs from the table in registry.ts. Do not edit by hand.

/**
 * Every registered status code by name, to be used as one would an enum.
 *
 * A bundle that needs but a few is smaller with the constants of `@http-semantics/status/codes`.
 *
 * @example
 * Status.NotFound // => 404
 */
export const Status = {
  /** 100 Continue: [RFC 9110, Section 15.2.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.2.1) */
  Continue: 100,
  /** 101 Switching Protocols: [RFC 9110, Section 15.2.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.2.2) */
  SwitchingProtocols: 101,
  /** 102 Processing: [RFC 2518, Section 10.1](https://www.rfc-editor.org/rfc/rfc2518.html#section-10.1) */
  Processing: 102,
  /** 103 Early Hints: [RFC 8297, Section 2](https://www.rfc-editor.org/rfc/rfc8297.html#section-2) */
  EarlyHints: 103,
  /** 104 Upload Resumption Supported (temporary): [draft-ietf-httpbis-resumable-upload-05](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-05) */
  UploadResumptionSupported: 104,
  /** 200 OK: [RFC 9110, Section 15.3.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.1) */
  OK: 200,
  /** 201 Created: [RFC 9110, Section 15.3.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.2) */
  Created: 201,
  /** 202 Accepted: [RFC 9110, Section 15.3.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.3) */
  Accepted: 202,
  /** 203 Non-Authoritative Information: [RFC 9110, Section 15.3.4](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.4) */
  NonAuthoritativeInformation: 203,
  /** 204 No Content: [RFC 9110, Section 15.3.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.5) */
  NoContent: 204,
  /** 205 Reset Content: [RFC 9110, Section 15.3.6](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.6) */
  ResetContent: 205,
  /** 206 Partial Content: [RFC 9110, Section 15.3.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.7) */
  PartialContent: 206,
  /** 207 Multi-Status: [RFC 4918, Section 11.1](https://www.rfc-editor.org/rfc/rfc4918.html#section-11.1) */
  MultiStatus: 207,
  /** 208 Already Reported: [RFC 5842, Section 7.1](https://www.rfc-editor.org/rfc/rfc5842.html#section-7.1) */
  AlreadyReported: 208,
  /** 226 IM Used: [RFC 3229, Section 10.4.1](https://www.rfc-editor.org/rfc/rfc3229.html#section-10.4.1) */
  IMUsed: 226,
  /** 300 Multiple Choices: [RFC 9110, Section 15.4.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.1) */
  MultipleChoices: 300,
  /** 301 Moved Permanently: [RFC 9110, Section 15.4.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.2) */
  MovedPermanently: 301,
  /** 302 Found, formerly Moved Temporarily: [RFC 9110, Section 15.4.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.3) */
  Found: 302,
  /** 303 See Other: [RFC 9110, Section 15.4.4](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.4) */
  SeeOther: 303,
  /** 304 Not Modified: [RFC 9110, Section 15.4.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.5) */
  NotModified: 304,
  /** 305 Use Proxy (deprecated): [RFC 9110, Section 15.4.6](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.6) */
  UseProxy: 305,
  /** 306 (Unused) (reserved), formerly Switch Proxy: [RFC 9110, Section 15.4.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.7) */
  SwitchProxy: 306,
  /** 307 Temporary Redirect: [RFC 9110, Section 15.4.8](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.8) */
  TemporaryRedirect: 307,
  /** 308 Permanent Redirect: [RFC 9110, Section 15.4.9](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.9) */
  PermanentRedirect: 308,
  /** 400 Bad Request: [RFC 9110, Section 15.5.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1) */
  BadRequest: 400,
  /** 401 Unauthorized: [RFC 9110, Section 15.5.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.2) */
  Unauthorized: 401,
  /** 402 Payment Required: [RFC 9110, Section 15.5.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.3) */
  PaymentRequired: 402,
  /** 403 Forbidden: [RFC 9110, Section 15.5.4](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.4) */
  Forbidden: 403,
  /** 404 Not Found: [RFC 9110, Section 15.5.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5) */
  NotFound: 404,
  /** 405 Method Not Allowed: [RFC 9110, Section 15.5.6](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.6) */
  MethodNotAllowed: 405,
  /** 406 Not Acceptable: [RFC 9110, Section 15.5.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.7) */
  NotAcceptable: 406,
  /** 407 Proxy Authentication Required: [RFC 9110, Section 15.5.8](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.8) */
  ProxyAuthenticationRequired: 407,
  /** 408 Request Timeout, formerly Request Time-out: [RFC 9110, Section 15.5.9](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.9) */
  RequestTimeout: 408,
  /** 409 Conflict: [RFC 9110, Section 15.5.10](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.10) */
  Conflict: 409,
  /** 410 Gone: [RFC 9110, Section 15.5.11](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.11) */
  Gone: 410,
  /** 411 Length Required: [RFC 9110, Section 15.5.12](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.12) */
  LengthRequired: 411,
  /** 412 Precondition Failed: [RFC 9110, Section 15.5.13](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.13) */
  PreconditionFailed: 412,
  /** 413 Content Too Large, formerly Payload Too Large, Request Entity Too Large: [RFC 9110, Section 15.5.14](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.14) */
  ContentTooLarge: 413,
  /** 414 URI Too Long, formerly Request-URI Too Long, Request-URI Too Large: [RFC 9110, Section 15.5.15](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.15) */
  URITooLong: 414,
  /** 415 Unsupported Media Type: [RFC 9110, Section 15.5.16](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.16) */
  UnsupportedMediaType: 415,
  /** 416 Range Not Satisfiable, formerly Requested Range Not Satisfiable: [RFC 9110, Section 15.5.17](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.17) */
  RangeNotSatisfiable: 416,
  /** 417 Expectation Failed: [RFC 9110, Section 15.5.18](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.18) */
  ExpectationFailed: 417,
  /** 418 (Unused) (reserved), formerly I'm a teapot: [RFC 9110, Section 15.5.19](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.19) */
  ImATeapot: 418,
  /** 421 Misdirected Request: [RFC 9110, Section 15.5.20](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.20) */
  MisdirectedRequest: 421,
  /** 422 Unprocessable Content, formerly Unprocessable Entity: [RFC 9110, Section 15.5.21](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.21) */
  UnprocessableContent: 422,
  /** 423 Locked: [RFC 4918, Section 11.3](https://www.rfc-editor.org/rfc/rfc4918.html#section-11.3) */
  Locked: 423,
  /** 424 Failed Dependency: [RFC 4918, Section 11.4](https://www.rfc-editor.org/rfc/rfc4918.html#section-11.4) */
  FailedDependency: 424,
  /** 425 Too Early: [RFC 8470, Section 5.2](https://www.rfc-editor.org/rfc/rfc8470.html#section-5.2) */
  TooEarly: 425,
  /** 426 Upgrade Required: [RFC 9110, Section 15.5.22](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.22) */
  UpgradeRequired: 426,
  /** 428 Precondition Required: [RFC 6585, Section 3](https://www.rfc-editor.org/rfc/rfc6585.html#section-3) */
  PreconditionRequired: 428,
  /** 429 Too Many Requests: [RFC 6585, Section 4](https://www.rfc-editor.org/rfc/rfc6585.html#section-4) */
  TooManyRequests: 429,
  /** 431 Request Header Fields Too Large: [RFC 6585, Section 5](https://www.rfc-editor.org/rfc/rfc6585.html#section-5) */
  RequestHeaderFieldsTooLarge: 431,
  /** 451 Unavailable For Legal Reasons: [RFC 7725, Section 3](https://www.rfc-editor.org/rfc/rfc7725.html#section-3) */
  UnavailableForLegalReasons: 451,
  /** 500 Internal Server Error: [RFC 9110, Section 15.6.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.1) */
  InternalServerError: 500,
  /** 501 Not Implemented: [RFC 9110, Section 15.6.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.2) */
  NotImplemented: 501,
  /** 502 Bad Gateway: [RFC 9110, Section 15.6.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.3) */
  BadGateway: 502,
  /** 503 Service Unavailable: [RFC 9110, Section 15.6.4](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.4) */
  ServiceUnavailable: 503,
  /** 504 Gateway Timeout, formerly Gateway Time-out: [RFC 9110, Section 15.6.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.5) */
  GatewayTimeout: 504,
  /** 505 HTTP Version Not Supported: [RFC 9110, Section 15.6.6](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.6) */
  HTTPVersionNotSupported: 505,
  /** 506 Variant Also Negotiates: [RFC 2295, Section 8.1](https://www.rfc-editor.org/rfc/rfc2295.html#section-8.1) */
  VariantAlsoNegotiates: 506,
  /** 507 Insufficient Storage: [RFC 4918, Section 11.5](https://www.rfc-editor.org/rfc/rfc4918.html#section-11.5) */
  InsufficientStorage: 507,
  /** 508 Loop Detected: [RFC 5842, Section 7.2](https://www.rfc-editor.org/rfc/rfc5842.html#section-7.2) */
  LoopDetected: 508,
  /** 510 Not Extended (obsolete): [RFC 2774, Section 7](https://www.rfc-editor.org/rfc/rfc2774.html#section-7) */
  NotExtended: 510,
  /** 511 Network Authentication Required: [RFC 6585, Section 6](https://www.rfc-editor.org/rfc/rfc6585.html#section-6) */
  NetworkAuthenticationRequired: 511,
} as const

/** Any of the registered codes, so that `let status: Status = Status.NotFound` reads as with an enum. */
export type Status = (typeof Status)[keyof typeof Status]
