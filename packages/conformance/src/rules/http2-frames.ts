import type { Probe } from '../probe.ts'
import type { Exchange } from '../rule.ts'
import type { FieldLine } from '../wire/answer.ts'
import {
  exchangeFrames,
  fieldBlock,
  frame,
  frameType,
  statusOf,
  type Frame,
  type FrameReply,
} from '../wire/frames.ts'

/** When the rules of HTTP/2 apply. */
export const when: string = 'the server offers HTTP/2 by ALPN'

/** The field list of an ordinary GET. */
export const ordinary = (probe: Probe): FieldLine[] => [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':authority', probe.origin.authority],
  [':path', probe.path],
]

/** The flags of frames. */
export const endStream: number = 1
export const endHeaders: number = 4

/** A GET on a stream, as frames. */
export const request = (fields: readonly FieldLine[], stream = 1): Buffer =>
  frame(frameType.headers, endStream + endHeaders, stream, fieldBlock(fields))

/** The frame that begins an answer. */
const isAnswer = ({ type, stream }: Frame): boolean => type === frameType.headers && stream === 1
/** A frame that ends the stream or the connection with an error. */
export const isRefusal = ({ type, stream }: Frame): boolean =>
  type === frameType.goAway || (type === frameType.reset && stream === 1)
const isOver = (frames: readonly Frame[]): boolean =>
  frames.some((one) => isAnswer(one) || isRefusal(one))

/** Sends frames, and makes an exchange of what came. */
export async function send(
  probe: Probe,
  frames: readonly Buffer[],
  sent: string,
  isDone: (frames: readonly Frame[]) => boolean = isOver,
): Promise<{ exchange: Exchange; reply: FrameReply }> {
  const reply = await probe.slot(() =>
    exchangeFrames(probe.origin, frames, isDone, isAnswer, probe.bounds),
  )
  const head = reply.frames.find(isAnswer)
  const status = head && statusOf(head.payload)
  const exchange: Exchange = {
    request: { method: 'GET', target: probe.path },
    protocol: 'HTTP/2',
    secure: true,
    sent,
    answer:
      status === undefined
        ? undefined
        : {
            version: 'HTTP/2',
            status,
            reason: '',
            fields: [],
            content: Buffer.alloc(0),
            trailers: [],
            framing: 'none',
            whole: true,
            faults: [],
            raw: `:status: ${status}\r\n`,
          },
    interims: [],
    rest: reply.frames
      .map(
        ({ type, stream, payload }) =>
          `frame ${type}, stream ${stream}: ${payload.subarray(0, 20).toString('hex')}`,
      )
      .join('\n'),
    end: reply.end,
  }
  return { exchange, reply }
}

/** A field list, as a report shows it. */
export const textOf = (fields: readonly FieldLine[]): string =>
  fields.map(([name, value]) => `${name}: ${value}`).join('\n')

const usable = new WeakMap<Probe, Promise<boolean>>()

/** Whether an ordinary request in raw frames is answered: without that nothing else tells anything. */
export function isUsable(probe: Probe): Promise<boolean> {
  let made = usable.get(probe)
  if (made === undefined) {
    made = send(probe, [request(ordinary(probe))], textOf(ordinary(probe))).then(
      ({ exchange: { answer } }) => answer !== undefined && answer.status < 400,
    )
    usable.set(probe, made)
  }
  return made
}
