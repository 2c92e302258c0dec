import { PassThrough, type Readable } from 'node:stream'

const open = new Set<PassThrough>()

/** An endless event stream: one event at once, then one a second, until its reader goes. */
export function ticks(): Readable {
  const stream = new PassThrough()
  let count = 0
  const tick = (): void => {
    count += 1
    stream.write(`id: ${count}\ndata: ${new Date().toISOString()}\n\n`)
  }
  const timer = setInterval(tick, 1000)
  open.add(stream)
  stream.on('close', () => {
    clearInterval(timer)
    open.delete(stream)
  })
  tick()
  return stream
}

/** Ends all event streams, for a server that stops. */
export function endTicks(): void {
  for (const stream of open) stream.end()
}

/** How many event streams have a reader. */
export const openTicks = (): number => open.size
