import { acceptFields, isMethodToken, type Field } from '@http-semantics/methods'
import { match, type MatchFunction } from 'path-to-regexp'
import { checkKeys, show } from '@http-semantics/options'
import {
  contentMethods,
  createJudge,
  judgedMethods,
  type AcceptedContent,
  type ContentDeclaration,
  type ContentJudge,
} from './request-content.ts'

/** What an app declares of one resource, where its routes do not tell. */
export interface ResourceDeclaration extends ContentDeclaration {
  /** The methods the resource answers, for handlers whose methods cannot be read. HEAD comes with GET. */
  readonly methods?: readonly string[] | undefined
}

/**
 * Declared resources by path pattern, in the syntax of
 * [path-to-regexp 8](https://github.com/pillarjs/path-to-regexp#readme), which Express and
 * @koa/router use: `/notes/:id`, `/files/*path`, `/a{/:b}`.
 */
export type ResourceDeclarations = Readonly<Record<string, ResourceDeclaration>>

/** What is declared of one path. */
export interface DeclaredResource {
  /** The methods of all declarations that match, or `undefined` where none names methods. */
  readonly methods: ReadonlySet<string> | undefined
  /** `Accept-Post`, `Accept-Patch` and `Accept-Query` of all declarations that match. */
  readonly fields: readonly Field[]
  /** Of these, `Accept-Query`. */
  readonly queryFields: readonly Field[]
  /** Whether any declaration matches. */
  readonly isDeclared: boolean
  /** Holds a request against all that is declared. */
  readonly judge: ContentJudge
}

interface Declaration {
  readonly pattern: string
  readonly declaration: ResourceDeclaration
  readonly matches: MatchFunction<Partial<Record<string, string | string[]>>>
}

const nothing: DeclaredResource = {
  methods: undefined,
  fields: [],
  queryFields: [],
  isDeclared: false,
  judge: createJudge('resources', {}),
}

const keys = ['methods', 'accept', 'withoutType', 'codings', 'produces'] as const

/**
 * Checks that every method is a token, and spelt in capitals, as all registered ones are.
 *
 * @throws TypeError naming option, value and the right spelling.
 */
export function checkMethods(option: string, methods: unknown): ReadonlySet<string> {
  if (!Array.isArray(methods)) {
    throw new TypeError(`${option} must be a list like ['GET', 'PUT'], got ${show(methods)}`)
  }
  for (const method of methods) {
    if (typeof method !== 'string' || !isMethodToken(method)) {
      throw new TypeError(`${option}: ${show(method)} is not a method; write it like 'GET'`)
    }
    if (method !== method.toUpperCase()) {
      throw new TypeError(
        `${option}: methods are case-sensitive, write '${method.toUpperCase()}' for ${show(method)}`,
      )
    }
  }
  return new Set(methods)
}

/** The resources an app declared, ready for look-ups. */
export class DeclaredResources {
  readonly #declarations: readonly Declaration[]
  /** What is declared of paths that the same declarations match, by the places of these. */
  readonly #united = new Map<string, DeclaredResource>()
  #lastPath = ''
  #last = nothing
  /** The methods whose requests are held against what is declared: QUERY, and those declared. */
  readonly judged: ReadonlySet<string>
  /** Whether any resource says what a QUERY may have as its content. */
  readonly hasQuery: boolean

  /**
   * @param declarations - Declared resources by path pattern.
   * @throws TypeError for a bad pattern, method, media range, media type or coding.
   */
  constructor(declarations: ResourceDeclarations = {}) {
    if (typeof declarations !== 'object' || declarations === null || Array.isArray(declarations)) {
      throw new TypeError(
        `resources must be an object like { '/notes/:id': { methods: ['GET'] } }, got ${show(declarations)}`,
      )
    }
    this.#declarations = Object.entries(declarations).map(([pattern, declaration]) => {
      const where = `resources['${pattern}']`
      checkKeys(where, declaration, keys)
      if (declaration.accept !== undefined) {
        checkKeys(`${where}.accept`, declaration.accept, contentMethods)
      }
      if (declaration.methods !== undefined) {
        checkMethods(`${where}.methods`, declaration.methods)
      }
      const compiled = { pattern, declaration, matches: compile(pattern) }
      // Whatever is wrong shows now.
      unite([compiled])
      return compiled
    })
    const all = Object.values(declarations)
    this.judged = new Set(['QUERY', ...all.flatMap(judgedMethods)])
    this.hasQuery = all.some(({ accept }) => accept?.query !== undefined)
  }

  /** All methods that any declaration names. */
  methods(): Set<string> {
    return new Set(this.#declarations.flatMap(({ declaration }) => declaration.methods ?? []))
  }

  /**
   * What is declared of a path.
   *
   * @param path - The path of the request target, percent-encoded.
   */
  find(path: string): DeclaredResource {
    // A request is looked up when it comes, and again when its answer leaves.
    if (path !== this.#lastPath) {
      this.#last = this.#find(path)
      this.#lastPath = path
    }
    return this.#last
  }

  #find(path: string): DeclaredResource {
    const plain = path.includes('%') ? path.replaceAll(encoded, decodeUnreserved) : path
    const found = this.#declarations.filter(({ matches }) => matches(plain) !== false)
    if (found.length === 0) return nothing
    const places = found.map((declaration) => this.#declarations.indexOf(declaration)).join()
    let united = this.#united.get(places)
    if (united === undefined) {
      united = unite(found)
      this.#united.set(places, united)
    }
    return united
  }
}

const encoded = /%[\da-f]{2}/gi

/**
 * What needs no percent-encoding means the same with it
 * ([RFC 3986 section 6.2.2.2](https://www.rfc-editor.org/rfc/rfc3986.html#section-6.2.2.2)): Fastify finds the
 * route of `/search` for `/%73earch`.
 */
function decodeUnreserved(code: string): string {
  const character = decodeURIComponent(Number.parseInt(code.slice(1), 16) < 0x80 ? code : '%25')
  return /[\w.~-]/.test(character) ? character : code
}

/** What several declarations say of one path: each adds to the others. */
function unite(declarations: readonly Declaration[]): DeclaredResource {
  const all = declarations.map(({ declaration }) => declaration)
  const methods = join(all.map((one) => one.methods))
  const accept: AcceptedContent = Object.fromEntries(
    contentMethods.map((name) => [name, join(all.map((one) => one.accept?.[name]))]),
  )
  const judge = createJudge(`resources['${declarations[0]?.pattern ?? ''}']`, {
    accept,
    // Who has something to say of it says it.
    withoutType: all.find(({ withoutType }) => withoutType !== undefined)?.withoutType,
    codings: join(all.map((one) => one.codings)),
    produces: join(all.map((one) => one.produces)),
  })
  const fields = acceptFields({
    post: tellable(accept.post),
    patch: tellable(accept.patch),
    query: tellable(accept.query),
  })
  return {
    methods: methods && new Set(methods),
    fields,
    queryFields: fields.filter(([name]) => name === 'Accept-Query'),
    isDeclared: true,
    judge,
  }
}

/** The members of all lists that there are, each once. */
function join(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const [first, ...others] = lists.filter((list) => list !== undefined)
  if (first === undefined || others.length === 0) return first
  return [...new Set([...first, ...others.flat()])]
}

/** Without suffixes such as `application/*+json`, which no field can express. */
const tellable = (ranges: readonly string[] | undefined): readonly string[] | undefined =>
  // What is no list is refused by whoever reads it.
  Array.isArray(ranges) ? ranges.filter((range) => !/\/\*\+/.test(String(range))) : ranges

function compile(pattern: string): Declaration['matches'] {
  if (!pattern.startsWith('/')) {
    throw new TypeError(`resources: ${show(pattern)} is not a path; write it like '/notes/:id'`)
  }
  try {
    // Only whether it matches is asked, so nothing is decoded: `%zz` in a path cannot throw.
    return match(pattern, { decode: false })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new TypeError(`resources: ${show(pattern)} is not a path pattern: ${reason}`, {
      cause: error,
    })
  }
}
