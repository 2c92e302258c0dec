import {
  describe,
  type ClassDescriptions,
  type StatusDescription,
  type StatusDescriptions,
} from './description.ts'

export type { ClassDescriptions, StatusDescription, StatusDescriptions } from './description.ts'

/**
 * Every registered code in English: what it means and when a server sends it. Where the code has a
 * reason phrase, that is the title.
 *
 * @example
 * texts[404].title // => 'Not Found'
 */
export const texts: StatusDescriptions = {
  100: {
    title: 'Continue',
    description:
      'The server has the header section and wants the content. It is sent ahead of the real answer to a client that asked with `Expect: 100-continue` before uploading.',
  },
  101: {
    title: 'Switching Protocols',
    description:
      'The connection changes to the protocol named in `Upgrade` as soon as this header section ends. A server sends it to accept an upgrade the client offered, as for a WebSocket.',
  },
  102: {
    title: 'Processing',
    description:
      "Work on the request has begun and is not done. WebDAV servers once sent it to keep a client from giving up on a long operation; today's WebDAV no longer defines it.",
  },
  103: {
    title: 'Early Hints',
    description:
      'These fields will probably come with the final response, so the client can act on them now. A server sends it while it still prepares the page, mostly with `Link` fields to preload.',
  },
  104: {
    title: 'Upload Resumption Supported',
    description:
      'Should this upload break off, it can be taken up again at the URI in `Location`. A server sends it while the content is still arriving; the code is registered for the time being only.',
  },
  200: {
    title: 'OK',
    description:
      'All went well, and the content is what the method asks for: the resource for GET, the outcome for POST. It is the answer when no other success says more.',
  },
  201: {
    title: 'Created',
    description:
      'A new resource exists because of this request. It is sent after POST or PUT, with the URI of the new resource in `Location` unless that is the URI that was requested.',
  },
  202: {
    title: 'Accepted',
    description:
      'The request was taken in and will be worked on later, with no promise how that ends. It is sent by queues and batch jobs, with a pointer to where progress can be seen.',
  },
  203: {
    title: 'Non-Authoritative Information',
    description:
      'The request succeeded, but a proxy on the way has altered what the origin server sent. Only such a transforming proxy sends it, in place of 200.',
  },
  204: {
    title: 'No Content',
    description:
      'Done, and there is nothing to show for it. A server sends it after a save or a delete when the user should stay on the page they are on.',
  },
  205: {
    title: 'Reset Content',
    description:
      'Done, and the form that sent this should go back to how it was at first. It suits data entry where one record follows another; it carries no content.',
  },
  206: {
    title: 'Partial Content',
    description:
      'The content is one or more parts of the representation instead of the whole. It answers a request with `Range`, such as a resumed download or a jump within a video.',
  },
  207: {
    title: 'Multi-Status',
    description:
      'The content holds a status of its own for each of several resources. WebDAV servers send it when one request touched many and they did not all end alike.',
  },
  208: {
    title: 'Already Reported',
    description:
      'The members of this collection were listed earlier in the same answer. It stands only inside a 207, so that resources bound to several places are not listed twice.',
  },
  226: {
    title: 'IM Used',
    description:
      'The content is not the resource itself but the result of manipulating it, such as the difference from a version the client has. It answers a GET that offered this with `A-IM`.',
  },
  300: {
    title: 'Multiple Choices',
    description:
      'The resource comes in several forms, each with its own URI, and the client is to choose. A server sends it when it would rather not choose by itself.',
  },
  301: {
    title: 'Moved Permanently',
    description:
      'The resource has a new URI for good, given in `Location`, and links should be updated. Clients may turn a POST into a GET when they follow it; 308 forbids that.',
  },
  302: {
    title: 'Found',
    description:
      'The resource is for now at the URI in `Location`, and the old URI stays the right one to use. Clients may turn a POST into a GET when they follow it; 307 forbids that.',
  },
  303: {
    title: 'See Other',
    description:
      'The answer is to be fetched with GET from another URI, the one in `Location`. It is the usual answer to a form that was posted, so that reloading does not post it again.',
  },
  304: {
    title: 'Not Modified',
    description:
      'The copy the client has is still good. It answers a conditional GET or HEAD, and sends the fields that bring the stored response up to date but no content.',
  },
  305: {
    title: 'Use Proxy',
    description:
      'Deprecated: it told the client to repeat the request through a given proxy, which was unsafe. No server should send it, and clients ignore it.',
  },
  306: {
    title: 'Switch Proxy (unused)',
    description:
      'Reserved: a draft once used it to name the proxy for later requests, and no standard ever did. No server sends it.',
  },
  307: {
    title: 'Temporary Redirect',
    description:
      'The resource is for now at the URI in `Location`, and the request must be repeated there with the same method. It is the choice when a POST must stay a POST.',
  },
  308: {
    title: 'Permanent Redirect',
    description:
      'The resource has moved for good to the URI in `Location`, and the request is repeated there with the same method. It is the choice for a new address of an API.',
  },
  400: {
    title: 'Bad Request',
    description:
      'The server cannot make sense of the request, or will not because something about it is wrong. It is sent for bad syntax, bad framing and any client error without a code of its own.',
  },
  401: {
    title: 'Unauthorized',
    description:
      'Credentials are missing or were not accepted, and `WWW-Authenticate` says how to give them. A server sends it to ask who is there; if it knows and still refuses, that is 403.',
  },
  402: {
    title: 'Payment Required',
    description:
      'Kept for future use, so its meaning is not fixed. Some services send it when an account is out of credit or a subscription has lapsed.',
  },
  403: {
    title: 'Forbidden',
    description:
      'The request was understood and is refused. It is sent when permission is lacking, or for any reason that sending the same credentials again will not change.',
  },
  404: {
    title: 'Not Found',
    description:
      'There is nothing at this URI, or nothing the server will admit to. It says neither whether this will last, which is 410, nor whether there was ever anything there.',
  },
  405: {
    title: 'Method Not Allowed',
    description:
      'The resource exists but does not support this method; `Allow` lists those it does. It is sent, say, for a DELETE of something that can only be read.',
  },
  406: {
    title: 'Not Acceptable',
    description:
      'No version of the resource fits what the client said it can take. It is sent when `Accept`, `Accept-Language` or their like rule out all there is and the server offers no default.',
  },
  407: {
    title: 'Proxy Authentication Required',
    description:
      'The proxy wants to know who is using it, and `Proxy-Authenticate` says how to tell it. Only a proxy sends it, before it lets the request through.',
  },
  408: {
    title: 'Request Timeout',
    description:
      'The request did not arrive in full within the time the server waits. It is sent on slow or idle connections, and the client may try again.',
  },
  409: {
    title: 'Conflict',
    description:
      'The request clashes with the present state of the resource. It is sent, for instance, for a PUT based on an outdated version, with enough detail for the user to resolve it.',
  },
  410: {
    title: 'Gone',
    description:
      'What was here has been taken away on purpose and will not return. It is sent instead of 404 to have links to it removed.',
  },
  411: {
    title: 'Length Required',
    description:
      'The server wants `Content-Length` before it takes content. It is sent to requests that come without one, such as chunked uploads.',
  },
  412: {
    title: 'Precondition Failed',
    description:
      "A condition in the request's fields turned out false. It is sent when `If-Match` or `If-Unmodified-Since` shows that someone else has changed the resource since.",
  },
  413: {
    title: 'Content Too Large',
    description:
      'The content of the request is more than the server takes. It is sent when an upload passes a limit; with `Retry-After` if that is only so for a while.',
  },
  414: {
    title: 'URI Too Long',
    description:
      'The URI is longer than the server reads. It is sent when data that belongs into a POST was put into the query, or when redirects keep adding to the URI.',
  },
  415: {
    title: 'Unsupported Media Type',
    description:
      'The content of the request is in a format this resource does not take with this method. It is sent because of `Content-Type`, `Content-Encoding` or the data itself.',
  },
  416: {
    title: 'Range Not Satisfiable',
    description:
      'None of the ranges asked for lies within the representation, or there were too many of them. It is sent, for instance, when a download is resumed beyond the end of the file.',
  },
  417: {
    title: 'Expectation Failed',
    description:
      'What `Expect` asks for cannot be met here. It is sent by a server, or a proxy on the way, that does not know or will not fulfil the expectation.',
  },
  418: {
    title: "I'm a teapot (unused)",
    description:
      "Reserved: it comes from an April Fools' RFC on coffee pots and was used as a joke too often to be given a meaning. Servers send it for fun, if at all.",
  },
  421: {
    title: 'Misdirected Request',
    description:
      'The request came to a server that does not answer for this host. It is sent when a client reuses a connection for a name that is not served there; it may try again on a new one.',
  },
  422: {
    title: 'Unprocessable Content',
    description:
      'The format is right and the syntax is right, but what it says cannot be carried out. It is sent for content that breaks the rules of the application, such as a form that fails validation.',
  },
  423: {
    title: 'Locked',
    description:
      'The resource, or one the request would change, is locked. WebDAV servers send it when the request does not bring the token of that lock.',
  },
  424: {
    title: 'Failed Dependency',
    description:
      'This step was not taken because another it depends on has failed. WebDAV servers report it, as a rule inside a 207, for the rest of a group that stands or falls together.',
  },
  425: {
    title: 'Too Early',
    description:
      'The server will not act on a request that could be a replay. It is sent for requests in TLS early data; the client repeats them once the handshake is over.',
  },
  426: {
    title: 'Upgrade Required',
    description:
      'The server will not answer over this protocol, but would over one listed in `Upgrade`. It is sent, for instance, to a plain request at the address of a WebSocket.',
  },
  428: {
    title: 'Precondition Required',
    description:
      'The request has to be conditional, with `If-Match` for example. It is sent for an unconditional PUT or PATCH, so that nobody overwrites a change they have not seen.',
  },
  429: {
    title: 'Too Many Requests',
    description:
      'The client has made too many requests in a given time. It is sent by rate limiters, often with `Retry-After` to say how long to wait.',
  },
  431: {
    title: 'Request Header Fields Too Large',
    description:
      'One header field, or all of them together, is larger than the server reads. The usual cause is cookies that have piled up.',
  },
  451: {
    title: 'Unavailable For Legal Reasons',
    description:
      'The law, or an order under it, forbids handing this out. It is sent by whoever has to block, who should say so by a `Link` with the relation `blocked-by`.',
  },
  500: {
    title: 'Internal Server Error',
    description:
      'Something went wrong in the server that it was not prepared for. It is sent for errors nobody caught; the request itself may have been fine.',
  },
  501: {
    title: 'Not Implemented',
    description:
      'The server cannot do what this request takes, for any resource. It is the answer to a method the server does not know at all.',
  },
  502: {
    title: 'Bad Gateway',
    description:
      'The server stands in front of another one and got an invalid answer from it. Gateways and proxies send it when the application behind them has crashed or answers nonsense.',
  },
  503: {
    title: 'Service Unavailable',
    description:
      'The server cannot answer right now, because of overload or maintenance, and expects that to pass. `Retry-After` may say when.',
  },
  504: {
    title: 'Gateway Timeout',
    description:
      'The server stands in front of another one, which did not answer in time. Gateways and proxies send it when the application behind them is too slow.',
  },
  505: {
    title: 'HTTP Version Not Supported',
    description:
      'The server does not speak the major version of HTTP in the request, or refuses to. It says which versions it would have spoken.',
  },
  506: {
    title: 'Variant Also Negotiates',
    description:
      'The variant the server chose is itself set up to choose among variants, so choosing has no end. It is sent for that error in the configuration of transparent negotiation.',
  },
  507: {
    title: 'Insufficient Storage',
    description:
      'There is no room to store what the request needs stored. WebDAV servers send it when a disk or a quota is full, until space is made.',
  },
  508: {
    title: 'Loop Detected',
    description:
      'The server gave up because going through the collection led round in a circle. WebDAV servers send it for a request of infinite depth on such bindings.',
  },
  510: {
    title: 'Not Extended',
    description:
      'The request lacks an extension that the server demands. It belongs to an experiment with HTTP extensions that is now historic, and is not sent any more.',
  },
  511: {
    title: 'Network Authentication Required',
    description:
      'The network wants a sign-in before it lets the client through. It is sent by the portal of a hotel or airport in between, not by the server that was addressed.',
  },
}

/** The classes in English, for codes that are not registered. */
export const classTexts: ClassDescriptions = {
  informational: {
    title: 'Informational',
    description:
      'An interim answer: the request has been received and the final answer is still to come. This code is not registered, so clients treat it as 100.',
  },
  successful: {
    title: 'Successful',
    description:
      'The request was received, understood and accepted. This code is not registered, so clients treat it as 200.',
  },
  redirection: {
    title: 'Redirection',
    description:
      'The client has more to do before the request is complete. This code is not registered, so clients treat it as 300.',
  },
  'client-error': {
    title: 'Client Error',
    description:
      'The request was at fault, or cannot be fulfilled. This code is not registered, so clients treat it as 400.',
  },
  'server-error': {
    title: 'Server Error',
    description:
      'The server failed at a request that seemed valid. This code is not registered, so clients treat it as 500.',
  },
  invalid: {
    title: 'Invalid',
    description:
      'HTTP ends at 599, so no server may send this code; programs use such numbers among themselves. A client that gets one processes it as a server error.',
  },
}

/**
 * The description of a code in English, or that of its class if the code is not registered.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @example
 * describeStatus(404).title // => 'Not Found'
 * describeStatus(471).title // => 'Client Error'
 */
export function describeStatus(code: number): StatusDescription {
  return describe(code, texts, classTexts)
}
