import type { ServerResponse } from 'node:http'
import { unseen } from './content.ts'
import type { Verdict } from './guard.ts'
import { HeadSection, type TransportHost } from './head-section.ts'
import { secure, settle } from './security.ts'
import { answerSession } from './session.ts'
import type { Supervisor } from './supervised.ts'

/** What an adapter tells of its framework to whoever looks at answers, and is told by it. */
export interface SupervisorHost<Context> extends TransportHost<Context> {
  /** Told of an error that no handler made, and no client sees. */
  report(error: unknown, context: Context): void
}

/** Looks at the answers of an app that takes single parts: the security header fields, or sessions. */
export class PartialSupervisor<Context> implements Supervisor<Context> {
  /** Every other supervisor does the same, and more. */
  readonly isPartial = true
  readonly #host: SupervisorHost<Context>

  constructor(host: SupervisorHost<Context>) {
    this.#host = host
  }

  begin(response: ServerResponse, _content: unknown, context: Context): Verdict {
    const failure = answerSession(response, this.#host, context)
    if (failure !== undefined) return failure
    const head = new HeadSection(response, unseen, this.#host, context)
    secure(head)
    settle(head)
    return undefined
  }

  amend(response: ServerResponse, _content: unknown, context: Context): void {
    answerSession(response, this.#host, context)
    secure(new HeadSection(response, unseen, this.#host, context))
  }
}
