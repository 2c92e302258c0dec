import { httpSemantics } from '@http-semantics/fastify'
import Fastify from 'fastify'

const app = Fastify()
await app.register(httpSemantics) // awaited, before the first route
app.get('/notes', async () => [])
await app.listen({ host: '127.0.0.1', port: 5002 })
