import type { FastifyInstance } from 'fastify'
import { METHODS } from 'node:http'

/** Lets routes take QUERY, which the earlier versions of Fastify 5 know only where they are told. */
export function addQuery(
  fastify: Pick<FastifyInstance, 'supportedMethods' | 'addHttpMethod'>,
): void {
  if (METHODS.includes('QUERY') && !fastify.supportedMethods.includes('QUERY')) {
    fastify.addHttpMethod('QUERY', { hasBody: true })
  }
}
