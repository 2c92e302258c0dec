import { startExpress } from '@http-semantics/example-express'
import { startFastify } from '@http-semantics/example-fastify'
import { startKoa } from '@http-semantics/example-koa'
import { run } from '@http-semantics/example-shared'

await run({ express: startExpress, koa: startKoa, fastify: startFastify })
