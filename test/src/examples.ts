import { startExpress } from '@http-semantics/example-express'
import { startFastify } from '@http-semantics/example-fastify'
import { startKoa } from '@http-semantics/example-koa'
import type { Start } from '@http-semantics/example-shared'
import type { Framework } from './hosts.ts'

/** How each of the example servers starts. */
export const examples: Readonly<Record<Framework, Start>> = {
  express: startExpress,
  koa: startKoa,
  fastify: startFastify,
}
