import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as startTimer } from 'node:timers'
import { setTimeout } from 'node:timers/promises'
import { root } from '../release/workspace.ts'

/** A command that somebody typed. */
export interface Program {
  /** All that it printed so far, on both streams. */
  output(): string
  /**
   * Resolves once what it printed meets a condition.
   *
   * @throws Error with what it printed where it ends before, or takes too long.
   */
  printed(condition: (output: string) => boolean): Promise<void>
  /**
   * Types Ctrl-C.
   *
   * @throws Error where it, or something it started, still runs ten seconds later.
   */
  interrupt(): Promise<void>
  /** Gives the exit code once it has ended by itself. */
  ended(): Promise<number | null>
  /** Ends it and what it started, if that still runs. */
  kill(): void
}

/** A machine that has Node and npm, and whose caches are empty. */
export interface Machine {
  /** A copy of the repository: the files that Git has or would take, as they are here. */
  readonly repository: string
  /** An empty folder. */
  folder(name: string): Promise<string>
  /** Types a command in a folder. */
  type(command: string, folder: string): Program
  remove(): Promise<void>
}

/** How long a command may take, downloads included. */
const patience = 180_000

/**
 * The environment of a person who has just logged in, with caches of their own. The registry is the
 * one that npm has here, and so are proxies.
 */
function environmentOf(home: string): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:npm_|pnpm_|vitest|node_env|node_options|init_cwd|mode$|test$|xdg_|turbo_)/i.test(name),
  )
  const path = process.env['PATH'] ?? ''
  return {
    ...Object.fromEntries(ours),
    HOME: home,
    PATH: [dirname(process.execPath), ...path.split(delimiter)]
      .filter((folder) => !folder.includes('node_modules'))
      .join(delimiter),
    npm_config_cache: join(home, 'npm-cache'),
    npm_config_registry: execFileSync('npm', ['config', 'get', 'registry'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim(),
  }
}

/** Makes a {@link Machine} in a folder that goes with it. */
export async function createMachine(): Promise<Machine> {
  const home = await mkdtemp(join(tmpdir(), 'http-semantics-newcomer-'))
  // What a team's mirror needs.
  const settings = process.env['npm_config_userconfig'] ?? join(homedir(), '.npmrc')
  if (existsSync(settings)) await symlink(settings, join(home, '.npmrc'))
  const env = environmentOf(home)

  const repository = join(home, 'http-semantics')
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const files = execFileSync('git', listing, { cwd: root, encoding: 'utf8' })
  for (const file of files.split('\0').filter((name) => name !== '')) {
    const from = join(root, file)
    // oxlint-disable-next-line no-await-in-loop -- deleted, and not yet committed
    if (existsSync(from)) await cp(from, join(repository, file))
  }
  return {
    repository,
    async folder(name) {
      const folder = join(home, name)
      await mkdir(folder)
      return folder
    },
    type: (command, folder) => type(command, folder, env),
    remove: () => rm(home, { recursive: true, maxRetries: 3 }),
  }
}

function type(command: string, cwd: string, env: NodeJS.ProcessEnv): Program {
  // One stream, as a terminal is; a group of its own, as a shell makes for what is typed.
  const child = spawn('sh', ['-c', `${command} 2>&1`], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid !== undefined) process.kill(-child.pid, name)
  }
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return {
    output: () => output,
    ended: () => ended,
    printed: (condition) =>
      new Promise((resolve, reject) => {
        const fail = (why: string) => (): void =>
          reject(new Error(`${command} ${why} after printing:\n${output}`))
        const timer = startTimer(fail('did not get far enough'), patience)
        const look = (): void => {
          if (!condition(output)) return
          clearTimeout(timer)
          resolve()
        }
        child.stdout.on('data', look)
        child.on('close', fail('ended'))
        look()
      }),
    async interrupt() {
      signal('SIGINT')
      const isOver = await Promise.race([ended.then(() => true), setTimeout(10_000, false)])
      if (!isOver) throw new Error(`${command} goes on after Ctrl-C, and printed:\n${output}`)
    },
    kill() {
      if (child.exitCode === null && child.signalCode === null) signal('SIGKILL')
    },
  }
}
