import { once } from 'node:events'
import { connect, createServer } from 'node:http2'
import { createConnection, createServer as createTcpServer, type AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { frameType, statusOf } from './frames.ts'

it.each([
  ['an indexed status', '88', 200],
  ['another', '8d', 404],
  ['a status in letters', '4803353031', 501],
  ['one that is not kept', '0803353031', 501],
  ['one behind the size of a table', '203f e1 1f 88'.replaceAll(' ', ''), 200],
  ['no status at all', '4085', undefined],
])('reads %s', (_title, hex, status) => {
  expect(statusOf(Buffer.from(hex, 'hex'))).toBe(status)
})

it('reads every status that Node writes in Huffman code', { timeout: 20_000 }, async () => {
  const statuses = Array.from({ length: 400 }, (_, index) => 200 + index)
  const read: (number | undefined)[] = []
  const server = createServer()
  let next = 0
  server.on('stream', (stream) =>
    stream.respond({ ':status': statuses[next] ?? 0 }, { endStream: true }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  // A go-between that sees the octets; each connection begins with an empty table.
  const between = createTcpServer((client) => {
    const upstream = createConnection(port, '127.0.0.1')
    let came: Buffer = Buffer.alloc(0)
    upstream.on('data', (chunk: Buffer) => {
      client.write(chunk)
      came = Buffer.concat([came, chunk])
      while (came.length >= 9 && came.length >= 9 + came.readUIntBE(0, 3)) {
        const length = came.readUIntBE(0, 3)
        if (came[3] === frameType.headers) read.push(statusOf(came.subarray(9, 9 + length)))
        came = came.subarray(9 + length)
      }
    })
    client.on('data', (chunk: Buffer) => upstream.write(chunk))
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.destroy())
  })
  between.listen(0, '127.0.0.1')
  await once(between, 'listening')
  const { port: seen } = between.address() as AddressInfo
  for (; next < statuses.length; next += 1) {
    const session = connect(`http://127.0.0.1:${seen}`)
    const stream = session.request({ ':path': '/' })
    stream.resume()
    await once(stream, 'close')
    session.destroy()
  }
  between.close()
  server.close()
  expect(read).toEqual(statuses)
})
