import { Readable } from 'node:stream'

/** Counts the endless sources an app has made, and those not freed yet. */
export class Sources {
  made = 0
  live = 0

  /** A Node stream without end. */
  stream(): Readable {
    this.#open()
    const close = (): void => this.#close()
    return new Readable({
      read() {
        setImmediate(() => this.push('x'.repeat(1000)))
      },
      destroy(error, done) {
        close()
        done(error)
      },
    })
  }

  /** A web stream without end. */
  webStream(): ReadableStream<Uint8Array> {
    this.#open()
    return new ReadableStream({
      // A source that never waits would keep `pipeTo` from noticing anything, with bare Node too.
      pull: async (controller) => {
        await new Promise(setImmediate)
        controller.enqueue(Buffer.alloc(1000, 'x'))
      },
      cancel: () => this.#close(),
    })
  }

  // A generator without end.
  async *generator(): AsyncGenerator<string, void, void> {
    this.#open()
    try {
      for (;;) {
        yield 'x'.repeat(1000)
        await new Promise(setImmediate)
      }
    } finally {
      this.#close()
    }
  }

  /** A timer that goes on until it is told to stop. */
  timer(tick: () => void): () => void {
    this.#open()
    const timer = setInterval(tick, 1)
    return () => {
      clearInterval(timer)
      this.#close()
    }
  }

  #open(): void {
    this.made += 1
    this.live += 1
  }

  #close(): void {
    this.live -= 1
  }
}
