// Written by scripts/write-codes.mjs from the table in registry.ts. Do not edit by hand.

/** 100 Continue: [RFC 9110, Section 15.2.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.2.1) */
export const Continue = 100

/** 101 Switching Protocols: [RFC 9110, Section 15.2.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.2.2) */
export const SwitchingProtocols = 101

/** 102 Processing: [RFC 2518, Section 10.1](https://www.rfc-editor.org/rfc/rfc2518.html#section-10.1) */
export const Processing = 102

/** 103 Early Hints: [RFC 8297, Section 2](https://www.rfc-editor.org/rfc/rfc8297.html#section-2) */
export const EarlyHints = 103

/** 104 Upload Resumption Supported (temporary): [draft-ietf-httpbis-resumable-upload-05](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-05) */
export const UploadResumptionSupported = 104

/** 200 OK: [RFC 9110, Section 15.3.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.1) */
export const OK = 200

/** 201 Created: [RFC 9110, Section 15.3.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.2) */
export const Created = 201

/** 202 Accepted: [RFC 9110, Section 15.3.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.3) */
export const Accepted = 202

/** 203 Non-Authoritative Information: [RFC 9110, Section 15.3.4](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.4) */
export const NonAuthoritativeInformation = 203

/** 204 No Content: [RFC 9110, Section 15.3.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.5) */
export const NoContent = 204

/** 205 Reset Content: [RFC 9110, Section 15.3.6](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.6) */
export const ResetContent = 205

/** 206 Partial Content: [RFC 9110, Section 15.3.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.7) */
export const PartialContent = 206

/** 207 Multi-Status: [RFC 4918, Section 11.1](https://www.rfc-editor.org/rfc/rfc4918.html#section-11.1) */
export const MultiStatus = 207

/** 208 Already Reported: [RFC 5842, Section 7.1](https://www.rfc-editor.org/rfc/rfc5842.html#section-7.1) */
export const AlreadyReported = 208

/** 226 IM Used: [RFC 3229, Section 10.4.1](https://www.rfc-editor.org/rfc/rfc3229.html#section-10.4.1) */
export const IMUsed = 226

/** 300 Multiple Choices: [RFC 9110, Section 15.4.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.1) */
export const MultipleChoices = 300

/** 301 Moved Permanently: [RFC 9110, Section 15.4.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.2) */
export const MovedPermanently = 301

/** 302 Found, formerly Moved Temporarily: [RFC 9110, Section 15.4.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.3) */
export const Found = 302

/** 303 See Other: [RFC 9110, Section 15.4.4](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.4) */
export const SeeOther = 303

/** 304 Not Modified: [RFC 9110, Section 15.4.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.5) */
export const NotModified = 304

/** 305 Use Proxy (deprecated): [RFC 9110, Section 15.4.6](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.6) */
export const UseProxy = 305

/** 306 (Unused) (reserved), formerly Switch Proxy: [RFC 9110, Section 15.4.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.7) */
export const SwitchProxy = 306

/** 307 Temporary Redirect: [RFC 9110, Section 15.4.8](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.8) */
export const TemporaryRedirect = 307

/** 308 Permanent Redirect: [RFC 9110, Section 15.4.9](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.9) */
export const PermanentRedirect = 308

/** 400 Bad Request: [RFC 9110, Section 15.5.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1) */
export const BadRequest = 400

/** 401 Unauthorized: [RFC 9110, Section 15.5.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.2) */
export const Unauthorized = 401

/** 402 Payment Required: [RFC 9110, Section 15.5.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.3) */
export const PaymentRequired = 402

/** 403 Forbidden: [RFC 9110, Section 15.5.4](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.4) */
export const Forbidden = 403

/** 404 Not Found: [RFC 9110, Section 15.5.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5) */
export const NotFound = 404

/** 405 Method Not Allowed: [RFC 9110, Section 15.5.6](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.6) */
export const MethodNotAllowed = 405

/** 406 Not Acceptable: [RFC 9110, Section 15.5.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.7) */
export const NotAcceptable = 406

/** 407 Proxy Authentication Required: [RFC 9110, Section 15.5.8](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.8) */
export const ProxyAuthenticationRequired = 407

/** 408 Request Timeout, formerly Request Time-out: [RFC 9110, Section 15.5.9](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.9) */
export const RequestTimeout = 408

/** 409 Conflict: [RFC 9110, Section 15.5.10](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.10) */
export const Conflict = 409

/** 410 Gone: [RFC 9110, Section 15.5.11](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.11) */
export const Gone = 410

/** 411 Length Required: [RFC 9110, Section 15.5.12](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.12) */
export const LengthRequired = 411

/** 412 Precondition Failed: [RFC 9110, Section 15.5.13](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.13) */
export const PreconditionFailed = 412

/** 413 Content Too Large, formerly Payload Too Large, Request Entity Too Large: [RFC 9110, Section 15.5.14](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.14) */
export const ContentTooLarge = 413

/** 414 URI Too Long, formerly Request-URI Too Long, Request-URI Too Large: [RFC 9110, Section 15.5.15](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.15) */
export const URITooLong = 414

/** 415 Unsupported Media Type: [RFC 9110, Section 15.5.16](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.16) */
export const UnsupportedMediaType = 415

/** 416 Range Not Satisfiable, formerly Requested Range Not Satisfiable: [RFC 9110, Section 15.5.17](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.17) */
export const RangeNotSatisfiable = 416

/** 417 Expectation Failed: [RFC 9110, Section 15.5.18](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.18) */
export const ExpectationFailed = 417

/** 418 (Unused) (reserved), formerly I'm a teapot: [RFC 9110, Section 15.5.19](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.19) */
export const ImATeapot = 418

/** 421 Misdirected Request: [RFC 9110, Section 15.5.20](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.20) */
export const MisdirectedRequest = 421

/** 422 Unprocessable Content, formerly Unprocessable Entity: [RFC 9110, Section 15.5.21](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.21) */
export const UnprocessableContent = 422

/** 423 Locked: [RFC 4918, Section 11.3](https://www.rfc-editor.org/rfc/rfc4918.html#section-11.3) */
export const Locked = 423

/** 424 Failed Dependency: [RFC 4918, Section 11.4](https://www.rfc-editor.org/rfc/rfc4918.html#section-11.4) */
export const FailedDependency = 424

/** 425 Too Early: [RFC 8470, Section 5.2](https://www.rfc-editor.org/rfc/rfc8470.html#section-5.2) */
export const TooEarly = 425

/** 426 Upgrade Required: [RFC 9110, Section 15.5.22](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.22) */
export const UpgradeRequired = 426

/** 428 Precondition Required: [RFC 6585, Section 3](https://www.rfc-editor.org/rfc/rfc6585.html#section-3) */
export const PreconditionRequired = 428

/** 429 Too Many Requests: [RFC 6585, Section 4](https://www.rfc-editor.org/rfc/rfc6585.html#section-4) */
export const TooManyRequests = 429

/** 431 Request Header Fields Too Large: [RFC 6585, Section 5](https://www.rfc-editor.org/rfc/rfc6585.html#section-5) */
export const RequestHeaderFieldsTooLarge = 431

/** 451 Unavailable For Legal Reasons: [RFC 7725, Section 3](https://www.rfc-editor.org/rfc/rfc7725.html#section-3) */
export const UnavailableForLegalReasons = 451

/** 500 Internal Server Error: [RFC 9110, Section 15.6.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.1) */
export const InternalServerError = 500

/** 501 Not Implemented: [RFC 9110, Section 15.6.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.2) */
export const NotImplemented = 501

/** 502 Bad Gateway: [RFC 9110, Section 15.6.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.3) */
export const BadGateway = 502

/** 503 Service Unavailable: [RFC 9110, Section 15.6.4](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.4) */
export const ServiceUnavailable = 503

/** 504 Gateway Timeout, formerly Gateway Time-out: [RFC 9110, Section 15.6.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.5) */
export const GatewayTimeout = 504

/** 505 HTTP Version Not Supported: [RFC 9110, Section 15.6.6](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.6) */
export const HTTPVersionNotSupported = 505

/** 506 Variant Also Negotiates: [RFC 2295, Section 8.1](https://www.rfc-editor.org/rfc/rfc2295.html#section-8.1) */
export const VariantAlsoNegotiates = 506

/** 507 Insufficient Storage: [RFC 4918, Section 11.5](https://www.rfc-editor.org/rfc/rfc4918.html#section-11.5) */
export const InsufficientStorage = 507

/** 508 Loop Detected: [RFC 5842, Section 7.2](https://www.rfc-editor.org/rfc/rfc5842.html#section-7.2) */
export const LoopDetected = 508

/** 510 Not Extended (obsolete): [RFC 2774, Section 7](https://www.rfc-editor.org/rfc/rfc2774.html#section-7) */
export const NotExtended = 510

/** 511 Network Authentication Required: [RFC 6585, Section 6](https://www.rfc-editor.org/rfc/rfc6585.html#section-6) */
export const NetworkAuthenticationRequired = 511
