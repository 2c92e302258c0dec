import type { FieldLine } from './answer.ts'
import { connect, type ConnectOptions } from './connect.ts'
import type { Origin } from './origin.ts'

/** The types of frames ([RFC 9113 section 6](https://www.rfc-editor.org/rfc/rfc9113.html#section-6)). */
export const frameType = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  continuation: 9,
} as const

/** A frame as it came. */
export interface Frame {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly payload: Buffer
}

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

/** Writes a frame. */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** A string of HPACK, without Huffman coding; 127 octets and more take further ones for the length. */
function string(text: string): Buffer {
  const octets = Buffer.from(text, 'latin1')
  if (octets.length < 127) return Buffer.concat([Buffer.from([octets.length]), octets])
  const length = [127]
  let rest = octets.length - 127
  for (; rest >= 128; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128)
  length.push(rest)
  return Buffer.concat([Buffer.from(length), octets])
}

/** A field block: every line spelt out, nothing kept for the next. */
export const fieldBlock = (fields: readonly FieldLine[]): Buffer =>
  Buffer.concat(fields.flatMap(([name, value]) => [Buffer.from([0]), string(name), string(value)]))

const indexed = [200, 204, 206, 304, 400, 404, 500]

/** The codes of digits in HPACK: 0 to 2 have five bits, the others six. */
function digits(octets: Buffer): string {
  let bits = Array.from(octets, (octet) => octet.toString(2).padStart(8, '0')).join('')
  let text = ''
  while (bits.length >= 5 && text.length < 3) {
    const five = Number.parseInt(bits.slice(0, 5), 2)
    if (five < 3) {
      text += String(five)
      bits = bits.slice(5)
    } else {
      text += String(Number.parseInt(bits.slice(0, 6), 2) - 0b011001 + 3)
      bits = bits.slice(6)
    }
  }
  return text
}

/** The status at the head of the first field block of a connection; `undefined` where none is there. */
export function statusOf(block: Buffer): number | undefined {
  let at = 0
  // The encoder may first say how large its table is.
  while (((block[at] ?? 0) & 0xe0) === 0x20) {
    at += (block[at] ?? 0) % 32 === 31 ? 1 : 0
    while (at > 0 && ((block[at] ?? 0) & 0x80) !== 0) at += 1
    at += 1
  }
  const first = block[at] ?? 0
  if (first >= 0x88 && first <= 0x8e) return indexed[first - 0x88]
  const name = first >= 0x40 ? first - 0x40 : first % 16
  if (first >= 0x80 || name < 8 || name > 14) return undefined
  const length = block[at + 1] ?? 0
  const octets = block.subarray(at + 2, at + 2 + (length % 128))
  const text = length >= 128 ? digits(octets) : octets.toString('latin1')
  return /^\d{3}$/.test(text) ? Number(text) : undefined
}

/** What came back over a raw connection of HTTP/2. */
export interface FrameReply {
  readonly frames: readonly Frame[]
  readonly end: 'closed' | 'reset' | 'open' | 'timeout'
}

/**
 * Sends a preface, settings and frames on a connection of their own.
 *
 * @param isDone - Whether the frames that came are enough.
 * @param isAnswer - What is an answer: behind one the server has the time of grace to go on.
 */
export async function exchangeFrames(
  origin: Origin,
  frames: readonly Buffer[],
  isDone: (frames: readonly Frame[]) => boolean,
  isAnswer: (frame: Frame) => boolean,
  options: ConnectOptions & { readonly grace: number },
): Promise<FrameReply> {
  const socket = await connect(origin, { ...options, protocols: ['h2'] })
  const came: Frame[] = []
  let rest: Buffer = Buffer.alloc(0)
  const end = await new Promise<FrameReply['end']>((resolve) => {
    let timer = setTimeout(() => resolve('timeout'), options.timeout)
    let isAnswered = false
    const settle = (how: FrameReply['end']): void => {
      clearTimeout(timer)
      resolve(how)
    }
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk])
      while (rest.length >= 9) {
        const length = rest.readUIntBE(0, 3)
        if (rest.length < 9 + length) break
        const read: Frame = {
          type: rest.readUInt8(3),
          flags: rest.readUInt8(4),
          stream: rest.readUInt32BE(5) % 2 ** 31,
          payload: rest.subarray(9, 9 + length),
        }
        rest = rest.subarray(9 + length)
        came.push(read)
        if (read.type === frameType.settings && read.flags % 2 === 0) {
          socket.write(frame(frameType.settings, 1, 0))
        }
      }
      if (isDone(came)) settle('open')
      else if (!isAnswered && came.some(isAnswer)) {
        isAnswered = true
        clearTimeout(timer)
        timer = setTimeout(() => settle('open'), options.grace)
      }
    })
    socket.on('error', () => settle('reset'))
    socket.on('end', () => settle('closed'))
    socket.on('close', () => settle('closed'))
    socket.write(Buffer.concat([preface, frame(frameType.settings, 0, 0), ...frames]))
  })
  socket.destroy()
  return { frames: came, end }
}
