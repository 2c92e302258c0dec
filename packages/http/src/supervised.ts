import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import type { FirstContent } from './content.ts'
import type { Verdict } from './guard.ts'
import type { ResponseMethods } from './response-methods.ts'
import type { supervision } from './slots.ts'

/** Who looks at every answer of an app as it begins. */
export interface Supervisor<Context> {
  /**
   * Called once for every answer, just before its header section leaves.
   *
   * @param response - The response; its status and fields may be changed.
   * @param content - The first of the content, where it comes together with the header section.
   * @param context - What the framework has for this request.
   * @returns What to answer instead, or `undefined`.
   */
  begin(response: ServerResponse, content: FirstContent, context: Context): Verdict
  /**
   * Whether another supervisor may take its place, since that does the same and more. Otherwise the
   * first one stays.
   */
  readonly isPartial?: boolean
  /**
   * Called when the answer was replaced, just before the header section of the new one leaves: the
   * fields that do not describe content are still those of the old one.
   *
   * @param verdict - What {@link begin} returned.
   */
  amend?(
    response: ServerResponse,
    content: FirstContent,
    context: Context,
    verdict: Exclude<Verdict, undefined>,
  ): void
  /**
   * Called when content came that the header section, which had left before it, does not allow: any at
   * all, which is dropped, or of another length than was said, for which the connection is cut.
   */
  tell?(response: ServerResponse, context: Context): void
}

/**
 * What stands for each of these methods: it is handed the response and how far it is, which the method
 * has looked up. All take as many parameters as Node's own: to gather them costs on every call.
 */
export type SupervisedMethods = Readonly<
  Record<
    keyof ResponseMethods,
    (
      response: SupervisedResponse,
      state: Supervision,
      first?: unknown,
      second?: unknown,
      third?: unknown,
    ) => unknown
  >
>

/** How far an answer is, and who looks at it. */
export class Supervision {
  supervisor: Supervisor<unknown>
  context: unknown
  /** The methods to call in the end. */
  readonly below: ResponseMethods
  /** `writeHead` while nobody has wrapped it. */
  readonly unwrapped: unknown
  /** What is piped into the response; `undefined` while nothing was. */
  sources: Set<Readable> | undefined = undefined
  begun = false
  /** Whether whatever wraps `writeHead` is being asked for its fields. */
  isAsking = false
  /** Whether content goes nowhere: the status has none, or the answer was replaced. */
  isCut = false
  /** Whether the supervisor was told of content that is dropped. */
  isTold = false
  /** Whether Node has thrown for an answer before. */
  hasFailed = false
  /** How many bytes are still to come; `undefined` while nobody has counted. */
  left: number | undefined

  constructor(
    supervisor: Supervisor<unknown>,
    context: unknown,
    below: ResponseMethods,
    unwrapped: unknown,
  ) {
    this.supervisor = supervisor
    this.context = context
    this.below = below
    this.unwrapped = unwrapped
  }
}

/** A response that may be supervised. */
export interface SupervisableResponse extends ServerResponse {
  [supervision]?: Supervision | undefined
}

/** A response that is supervised. */
export interface SupervisedResponse extends ServerResponse {
  [supervision]: Supervision
}
