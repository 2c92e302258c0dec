import { it } from 'vitest'
import { start, text } from './apps.ts'
import { send } from './wire.ts'
it('x', async () => {
  const port = await start('fastify', { routes: [['GET', '/left', 'next'], ['POST','/a', text('x')]], onError: (e) => console.log(e) })
  console.log(await send(port, { method: 'GET', target: '/left' }))
  console.log(await send(port, { method: 'GET', target: '/left' }))
})
