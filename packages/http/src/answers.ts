import type { ServerResponse } from 'node:http'
import type { Field } from '@http-semantics/methods'
import createError, { type HttpError } from 'http-errors'
import { isContent, unseen, type FirstContent } from './content.ts'
import { type EntityTags, isSelected, readEntityTags, tagAnswer } from './entity-tags.ts'
import { lengthOfContent } from './field-rules.ts'
import type { MethodGuard, RouteHost, Verdict } from './guard.ts'
import { HeadSection } from './head-section.ts'
import { show } from '@http-semantics/options'
import type { SupervisorHost } from './partial-supervisor.ts'
import type { Duties, Rule } from './rule.ts'
import { repairsFor, rules, rulesFor } from './rules.ts'
import { secure, settle, type SecurityLayer } from './security.ts'
import { answerSession } from './session.ts'
import type { Supervisor } from './supervised.ts'
import { readOnViolation, Reporter, type OnViolation } from './violation.ts'

/** Options of the response rules. */
export interface AnswerOptions {
  /** What happens when an answer breaks a rule. Default: `'warn'`, in production `'repair'`. */
  readonly onViolation?: OnViolation | undefined
  /**
   * The `WWW-Authenticate` of a 401 that has none. Default: `Session realm="app"`. That scheme is not
   * registered: the registered ones make browsers open a dialog.
   */
  readonly challenge?: string | undefined
  /** The `Proxy-Authenticate` of a 407 that has none. Default: `Session realm="proxy"`. */
  readonly proxyChallenge?: string | undefined
  /** The `Upgrade` of a 426 that has none. Default: `websocket`. */
  readonly upgrade?: string | undefined
  /**
   * The entity tags that 200 answers to GET, HEAD and QUERY get where they have none, made of their
   * content; what the client has already then becomes a 304. Streams get none. Default: none are made.
   */
  readonly entityTags?: EntityTags | undefined
}

/** The names of {@link AnswerOptions}. */
export const answerOptionNames = [
  'onViolation',
  'challenge',
  'proxyChallenge',
  'upgrade',
  'entityTags',
] as const

/** What an adapter tells of its framework, asked only when an answer needs it. */
export interface AnswerHost<Context> extends SupervisorHost<Context>, RouteHost<Context> {
  /** The pattern of the route that answers. */
  route(context: Context): string | undefined
  /** What the framework's own answers need: asked first. */
  judge?(context: Context, response: ServerResponse, content: FirstContent): Verdict
  /**
   * All of the content, where the framework knows what the response does not show: it leaves it out for
   * HEAD, or sends it behind the header section. Codings that others add may lack.
   */
  contentOf?(context: Context): unknown
  /** Whether the answer had no coding yet when the framework handed it to others. */
  wasUncoded?(response: ServerResponse): boolean
  /** Whether something stands ready to compress the answer, and does not say so by `Vary`. */
  isCompressing?(context: Context, response: ServerResponse): boolean
}

/** {@link AnswerOptions}, checked and complete. */
export interface AnswerSettings extends Pick<Duties, 'challenge' | 'proxyChallenge' | 'upgrade'> {
  readonly mode: OnViolation
  readonly entityTags?: EntityTags | undefined
}

/**
 * Reads the options of the response rules.
 *
 * @throws TypeError for a wrong option, naming it and the right spelling.
 */
export function readAnswerOptions(options: AnswerOptions): AnswerSettings {
  const { onViolation, challenge, proxyChallenge, upgrade, entityTags } = options
  return {
    mode: readOnViolation(onViolation),
    challenge: checkField('challenge', challenge ?? 'Session realm="app"'),
    proxyChallenge: checkField('proxyChallenge', proxyChallenge ?? 'Session realm="proxy"'),
    upgrade: checkField('upgrade', upgrade ?? 'websocket'),
    entityTags: readEntityTags(entityTags),
  }
}

/** Looks at every answer of one app as it begins, and keeps the response rules. */
export class AnswerSupervisor<Context> implements Supervisor<Context> {
  readonly #guard: MethodGuard
  readonly #host: AnswerHost<Context>
  readonly #settings: AnswerSettings | undefined
  readonly #reporter: Reporter
  readonly #layer: SecurityLayer | undefined
  /** The errors that stand for answers a rule refused. */
  readonly #refused = new WeakSet()
  /** The answers of which something was told. */
  readonly #told = new WeakSet<ServerResponse>()

  /**
   * @param settings - `undefined`: only what the method guard needs, and no rules.
   * @param layer - The security header fields of answers by whatever comes ahead of our middleware.
   */
  constructor(
    guard: MethodGuard,
    host: AnswerHost<Context>,
    settings: AnswerSettings | undefined,
    layer?: SecurityLayer,
  ) {
    this.#layer = layer
    this.#guard = guard
    this.#host = host
    this.#settings = settings
    this.#reporter = new Reporter(settings?.mode ?? 'repair')
  }

  begin(response: ServerResponse, content: FirstContent, context: Context): Verdict {
    const verdict =
      this.#host.judge?.(context, response, content) ?? answerSession(response, this.#host, context)
    if (verdict !== undefined) return verdict
    const head = new HeadSection(response, content, this.#host, context)
    this.#secure(head)
    const refusal = this.#complete(head, content, context)
    settle(head)
    return refusal
  }

  /** Keeps the rules for an answer of which all other fields are set. */
  #complete(head: HeadSection<Context>, content: FirstContent, context: Context): Verdict {
    this.#advertise(head, context)
    const settings = this.#settings
    if (settings === undefined) return undefined
    sayClose(head)
    for (const rule of rulesFor(head)) {
      if (!rule.isBroken(head)) continue
      this.#report(rule, head, context)
      const isFatal = this.#reporter.mode === 'error' && rule.level !== 'advice'
      if (isFatal || rule.repair === 'refuse') return this.#refuse()
      if (rule.repair !== 'tell') rule.repair(head, this.#duties(settings, context))
    }
    return this.#tag(head, content, settings, context)
  }

  /** Has the entity tag fit the content. */
  #tag(
    head: HeadSection<Context>,
    content: FirstContent,
    { entityTags: kind }: AnswerSettings,
    context: Context,
  ): Verdict {
    if (!isSelected(head)) return undefined
    const { response } = head
    const isCoded = head.has('content-encoding')
    const isCompressing = this.#host.isCompressing?.(context, response) ?? false
    // As it is mostly.
    if (kind === undefined && !isCoded && !isCompressing) return undefined
    const isHidden = kind !== undefined && !isContent(content.chunk)
    return tagAnswer(head, {
      kind,
      content,
      hidden: isHidden ? this.#host.contentOf?.(context) : undefined,
      isRecoded:
        isCoded &&
        // Whoever adds a coding while the content goes by cannot know how long it will be.
        (!head.has('content-length') || this.#host.wasUncoded?.(response) === true),
      isCompressing,
    })
  }

  /** Keeps the rules for an answer that was put in place of another, whose fields it has kept. */
  amend(response: ServerResponse, content: FirstContent, context: Context, verdict: object): void {
    // Where it fails, the next call does without the cookie.
    if (answerSession(response, this.#host, context)) answerSession(response, this.#host, context)
    const head = new HeadSection(response, content, this.#host, context)
    this.#secure(head)
    const settings = this.#settings
    if (settings === undefined) return
    sayClose(head)
    for (const { rule, repair } of repairsFor(head)) {
      if (!rule.isBroken(head)) continue
      // An answer that was refused has been told of.
      if (!this.#refused.has(verdict)) this.#report(rule, head, context)
      repair(head, this.#duties(settings, context))
    }
  }

  /** Tells of content that came too late to be mended. */
  tell(response: ServerResponse, context: Context): void {
    if (this.#settings === undefined) return
    const head = new HeadSection(response, unseen, this.#host, context)
    const id = `content-of-${head.status}`
    const rule = rules.find((candidate) => candidate.id === id)
    // Such an answer may have been told of by its fields.
    if (rule === undefined) this.#report(lengthOfContent, head, context)
    else if (!this.#told.has(response)) this.#report(rule, head, context)
  }

  #secure(head: HeadSection<Context>): void {
    this.#layer?.enterOnce(head.response)
    secure(head)
  }

  #refuse(): HttpError {
    const error = createError(500)
    this.#refused.add(error)
    return error
  }

  /** Says what the resource takes, which its handler need not know. */
  #advertise(head: HeadSection<Context>, context: Context): void {
    if (head.method === 'OPTIONS' && head.status < 300) {
      addFields(head, this.#guard.optionsFields(head.target, this.#host.routes(context)))
    } else if (this.#guard.tellsAccepted(head.method, head.status)) {
      addFields(head, this.#guard.acceptFields(head.method, head.status, head.target))
    }
  }

  #duties(settings: AnswerSettings, context: Context): Duties {
    const routes = this.#host.routes(context)
    return { ...settings, allow: ({ target }) => this.#guard.allow(target, routes) }
  }

  #report(
    { id, reference, level, sentence }: Rule,
    head: HeadSection<Context>,
    context: Context,
  ): void {
    // What a framework ends for a client that is gone is no answer.
    if (head.isLost) return
    this.#told.add(head.response)
    const { method, status } = head
    const route = this.#host.route(context)
    this.#reporter.report({ rule: id, reference, level, sentence, method, route, status })
  }
}

/**
 * Says that the connection closes where its client wants it so. Node does, unless the handler has named
 * an option of its own, such as `upgrade`: no fault of that
 * ([RFC 9112 section 9.6](https://www.rfc-editor.org/rfc/rfc9112.html#section-9.6)).
 */
function sayClose(head: HeadSection): void {
  if (!head.has('connection') || !head.isLast) return
  if (!head.hasOption('close') && !head.hasOption('keep-alive')) head.addOption('close')
}

function addFields(head: HeadSection, fields: readonly Field[]): void {
  for (const [name, value] of fields) {
    if (!head.has(name.toLowerCase())) head.set(name, value)
  }
}

function checkField(option: string, value: unknown): string {
  if (typeof value === 'string' && /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value))
    return value
  throw new TypeError(`${option} must be the value of a header field, got ${show(value)}`)
}
