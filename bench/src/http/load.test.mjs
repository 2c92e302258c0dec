import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { Connection } from './load.mjs'

let server
let connection

/** A server that answers each request with the same packets. */
async function connect(packets) {
  server = createServer((socket) => {
    socket.setNoDelay()
    socket.on('data', async () => {
      for (const packet of packets) {
        socket.write(packet)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    })
    socket.on('error', () => undefined)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  connection = await Connection.open(server.address().port)
}

afterEach(() => {
  connection.close()
  server.close()
})

const get = { method: 'GET', target: '/', fields: {} }
const head = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: a\r\nX: b\r\n\r\n'

it.each([
  ['in one packet', [`${head}hello`]],
  ['cut in its head', [head.slice(0, 30), `${head.slice(30)}hello`]],
  ['cut in its content', [`${head}he`, 'llo']],
  ['cut between the two', [head, 'hello']],
])('reads an answer %s, again and again', async (_title, packets) => {
  await connect(packets)
  const { status, fields, content } = await connection.send(get, 3)
  expect([status, content, fields.get('x')]).toEqual([200, 'hello', 'a\nb'])
})

it('waits for no content of a HEAD and a 304', async () => {
  await connect([head])
  const answer = await connection.send({ ...get, method: 'HEAD' }, 2)
  expect(answer.content).toBe('')
})

it('fails where the server ends the connection', async () => {
  await connect([])
  server.on('connection', (socket) => socket.destroy())
  connection = await Connection.open(server.address().port)
  await expect(connection.send(get, 1)).rejects.toThrow('closed a connection')
})
