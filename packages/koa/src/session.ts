import {
  type AppSession,
  saveSession,
  SessionLayer,
  type SessionOptions,
  supervise,
} from '@http-semantics/http'
import type Application from 'koa'
import type { Context, Middleware } from 'koa'
import { host, partialSupervisor } from './partial.ts'

/** Inherited, so that an app that has its sessions from another library has their type, too. */
interface ContextWithSession {
  /** The session of this request, where the app has sessions. */
  readonly session: AppSession
}

declare module 'koa' {
  // oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-empty-interface
  interface ExtendableContext extends ContextWithSession {}
}

/** The sessions of a Koa app. */
export type Sessions = SessionLayer<Context>

/** Contexts of apps that have sessions. */
const lent = new WeakSet<object>()

/** @throws TypeError for a wrong option, naming it and the right spelling. */
export const createSessions = (options: SessionOptions): Sessions => new SessionLayer(options, host)

/**
 * Sessions alone: `ctx.session` for all that comes behind it.
 *
 * @param options - See {@link SessionOptions}.
 * @throws TypeError for a wrong option, naming it and the right spelling.
 *
 * @example
 * ```ts no-run
 * import { session } from '@http-semantics/koa'
 * import Koa from 'koa'
 *
 * const app = new Koa()
 * app.use(session({ secretKey: process.env['SECRET_KEY'] ?? '' }))
 * app.use((ctx) => {
 *   const visits = Number(ctx.session['visits'] ?? 0) + 1
 *   ctx.session['visits'] = visits
 *   ctx.body = `Visit ${visits}`
 * })
 * ```
 */
export function session(options: SessionOptions): Middleware {
  const sessions = createSessions(options)
  const apps = new WeakSet<Application>()
  return (ctx, next) => {
    if (!apps.has(ctx.app)) {
      lend(ctx.app, sessions)
      apps.add(ctx.app)
    }
    supervise(ctx.res, partialSupervisor, ctx)
    sessions.enter(ctx.req)
    return withSession(sessions, ctx, next)
  }
}

/**
 * Gives all contexts of an app a session, which is opened when a middleware looks at it.
 *
 * @throws Error when they have one already.
 */
export function lend(app: Application, sessions: Sessions): void {
  checkFree(app)
  const { context } = app
  lent.add(context)
  Object.defineProperty(context, 'session', {
    configurable: true,
    get(this: Context): AppSession | undefined {
      return sessions.hasEntered(this.req) ? sessions.of(this.req, this) : undefined
    },
    set() {
      throw new TypeError(
        'ctx.session cannot be replaced: set its keys, or end it by ctx.session.destroy()',
      )
    },
  })
}

/** @throws Error when the contexts of an app have a session already, of ours or of another library. */
export function checkFree({ context }: Application): void {
  if (lent.has(context)) {
    throw new Error('This app has sessions already: keep one of them, remove the other.')
  }
  if ('session' in context) {
    throw new Error(
      'ctx.session belongs to another library already, such as koa-session: keep one of them, remove the other.',
    )
  }
}

/** Runs what makes an answer; a store has its session before Koa sends that. */
export const withSession = (
  sessions: Sessions,
  ctx: Context,
  run: () => Promise<void>,
): Promise<void> => (sessions.isEager ? runPrepared(sessions, ctx, run) : run())

async function runPrepared(
  sessions: Sessions,
  ctx: Context,
  run: () => Promise<void>,
): Promise<void> {
  await sessions.prepare(ctx.req, ctx)
  try {
    await run()
  } catch (error) {
    // The answer to an error keeps the session, too. Of two errors, the app's is answered.
    await saveSession(ctx.req, ctx.res)?.catch(() => undefined)
    throw error
  }
  await saveSession(ctx.req, ctx.res)
}
