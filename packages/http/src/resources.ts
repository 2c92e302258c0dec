import {
  acceptFields,
  isMethodToken,
  type AcceptedTypes,
  type Field,
} from '@http-semantics/methods'
import { match, type MatchFunction } from 'path-to-regexp'
import { checkKeys, show } from './options.ts'

/** What an app declares of one resource, where its routes do not tell. */
export interface ResourceDeclaration {
  /** The methods the resource answers, for handlers whose methods cannot be read. HEAD comes with GET. */
  readonly methods?: readonly string[] | undefined
  /** The media types it takes, by method: sent on OPTIONS, 405 and 415. */
  readonly accept?: AcceptedTypes | undefined
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
}

interface Declaration extends DeclaredResource {
  readonly matches: MatchFunction<Partial<Record<string, string | string[]>>>
}

const nothing: DeclaredResource = { methods: undefined, fields: [] }

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

  /**
   * @param declarations - Declared resources by path pattern.
   * @throws TypeError for a bad pattern, method or media range.
   */
  constructor(declarations: ResourceDeclarations = {}) {
    if (typeof declarations !== 'object' || declarations === null) {
      throw new TypeError(
        `resources must be an object like { '/notes/:id': { methods: ['GET'] } }, got ${show(declarations)}`,
      )
    }
    this.#declarations = Object.entries(declarations).map(([pattern, declaration]) => {
      const where = `resources['${pattern}']`
      checkKeys(where, declaration, ['methods', 'accept'])
      if (declaration.accept !== undefined) {
        checkKeys(`${where}.accept`, declaration.accept, ['post', 'patch', 'query'])
      }
      return {
        methods:
          declaration.methods === undefined
            ? undefined
            : checkMethods(`${where}.methods`, declaration.methods),
        fields: acceptFields(declaration.accept ?? {}),
        matches: compile(pattern),
      }
    })
  }

  /** All methods that any declaration names. */
  methods(): Set<string> {
    return new Set(this.#declarations.flatMap(({ methods }) => [...(methods ?? [])]))
  }

  /**
   * What is declared of a path.
   *
   * @param path - The path of the request target, percent-encoded.
   */
  find(path: string): DeclaredResource {
    const found = this.#declarations.filter(({ matches }) => matches(path) !== false)
    if (found.length === 0) return nothing
    const named = found.filter(({ methods }) => methods !== undefined)
    return {
      methods:
        named.length === 0
          ? undefined
          : new Set(named.flatMap(({ methods }) => [...(methods ?? [])])),
      fields: join(found.flatMap(({ fields }) => fields)),
    }
  }
}

/** Fields of the same name as one, so that each can be set once. */
function join(fields: readonly Field[]): Field[] {
  const values = new Map<string, string>()
  for (const [name, value] of fields) {
    const present = values.get(name)
    values.set(name, present === undefined ? value : `${present}, ${value}`)
  }
  return [...values]
}

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
