import { PartialSupervisor, type SupervisorHost } from '@http-semantics/http'
import type { Request } from 'express'

/** What Express tells of a request. */
export const host: SupervisorHost<Request> = {
  isSecure: ({ secure }) => secure,
  report(error, { app }) {
    if (app.get('env') !== 'test') console.error(error)
  },
}

/** Looks at the answers of an app that takes single parts of this package. */
export const partialSupervisor: PartialSupervisor<Request> = new PartialSupervisor(host)
