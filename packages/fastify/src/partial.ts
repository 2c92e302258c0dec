import { PartialSupervisor, type SupervisorHost } from '@http-semantics/http'
import type { FastifyRequest } from 'fastify'

/** What Fastify tells of a request. */
export const host: SupervisorHost<FastifyRequest> = {
  isSecure: ({ protocol }) => protocol === 'https',
  report: (error, { log }) => log.error(error),
}

/** Looks at the answers of an app that takes single parts of this package. */
export const partialSupervisor: PartialSupervisor<FastifyRequest> = new PartialSupervisor(host)
