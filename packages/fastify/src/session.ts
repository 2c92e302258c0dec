import {
  type AppSession,
  saveSession,
  SessionLayer,
  type SessionOptions,
  supervise,
} from '@http-semantics/http'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { host, partialSupervisor } from './partial.ts'

/** Inherited, so that an app that has its sessions from another library has their type, too. */
interface RequestWithSession {
  /** The session of this request, where the app has sessions. */
  readonly session: AppSession
}

declare module 'fastify' {
  // oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-empty-interface
  interface FastifyRequest extends RequestWithSession {}
}

/** The sessions of a Fastify app. */
export type Sessions = SessionLayer<FastifyRequest>

/** @throws TypeError for a wrong option, naming it and the right spelling. */
export const createSessions = (options: SessionOptions): Sessions => new SessionLayer(options, host)

/**
 * Sessions alone: `request.session` in hooks and handlers.
 *
 * @throws TypeError for a wrong option, naming it and the right spelling.
 *
 * @example
 * ```ts no-run
 * import { session } from '@http-semantics/fastify'
 * import Fastify from 'fastify'
 *
 * const app = Fastify()
 * await app.register(session, { secretKey: process.env['SECRET_KEY'] ?? '' })
 * app.get('/', async (request) => {
 *   const visits = Number(request.session['visits'] ?? 0) + 1
 *   request.session['visits'] = visits
 *   return `Visit ${visits}`
 * })
 * ```
 */
export const session: FastifyPluginAsync<SessionOptions> = fastifyPlugin(
  async (fastify: FastifyInstance, options: SessionOptions) => {
    fastify.addHook('onRequest', (request, reply, done) => {
      supervise(reply.raw, partialSupervisor, request)
      done()
    })
    lend(fastify, createSessions(options))
  },
  { fastify: '5.x', name: '@http-semantics/fastify/session' },
)

/**
 * Gives all requests of an app a session, which is opened when a hook or handler looks at it.
 *
 * @throws Error when the requests have a session already.
 */
export function lend(fastify: FastifyInstance, sessions: Sessions): void {
  fastify.decorateRequest('session', {
    getter(): AppSession {
      return sessions.of(this.raw, this)
    },
    setter() {
      throw new TypeError(
        'request.session cannot be replaced: set its keys, or end it by request.session.destroy()',
      )
    },
  })
  if (!sessions.isEager) return
  fastify.addHook('onRequest', async (request) => sessions.prepare(request.raw, request))
  // A store has its session before the answer leaves.
  fastify.addHook('onSend', async (request, reply, payload) => {
    await saveSession(request.raw, reply)
    return payload
  })
}
