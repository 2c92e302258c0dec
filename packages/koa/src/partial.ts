import { PartialSupervisor, type SupervisorHost } from '@http-semantics/http'
import type { Context } from 'koa'
import { tell } from './errors.ts'

/** What Koa tells of a request. */
export const host: SupervisorHost<Context> = {
  // As Koa asks it for its own cookies; the same of the context goes there by a detour.
  isSecure: ({ request }) => request.secure,
  report: tell,
}

/** Looks at the answers of an app that takes single parts of this package. */
export const partialSupervisor: PartialSupervisor<Context> = new PartialSupervisor(host)
