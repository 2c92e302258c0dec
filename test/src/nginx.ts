import { spawn } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort, open } from './wire.ts'

/** The ports of an nginx in front of one origin. Its answers say in `X-Cache` what the cache did. */
export interface Cache {
  /** Keeps answers that do not say how long they are fresh for a minute. */
  readonly lasting: number
  /** The same for a second. What is stale it revalidates. */
  readonly brief: number
  /** Asks for slices of 512 bytes by `Range`, keeps each apart, and puts them together. */
  readonly sliced: number
}

/** A request that the cache made, and how it was answered. */
export interface Forwarded {
  readonly target: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly status: number
}

/**
 * Starts an nginx with a configuration, folder and ports of its own. It stops when the test ends.
 *
 * @param program - Its file.
 * @param origin - The port of the server whose answers it keeps.
 * @throws Error with what nginx says where it does not start.
 */
export async function startNginx(program: string, origin: number): Promise<Cache> {
  const folder = mkdtempSync(join(tmpdir(), 'http-semantics-nginx-'))
  const first = await freePort()
  const cache: Cache = { lasting: first, brief: first + 1, sliced: first + 2 }
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, configuration(folder, cache, origin))
  // One process, which is ours to end. What goes wrong before it has read the file is told on stderr, too.
  const nginx = spawn(program, ['-p', folder, '-c', file, '-e', 'stderr'])
  let said = ''
  nginx.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  onTestFinished(async () => {
    if (nginx.exitCode === null) {
      const exited = once(nginx, 'exit')
      nginx.kill()
      await exited
    }
    rmSync(folder, { recursive: true })
  })
  for (let attempts = 0; attempts < 100; attempts += 1) {
    if (nginx.exitCode !== null) break
    // oxlint-disable-next-line no-await-in-loop
    if (await isOpen(cache.lasting)) return cache
  }
  throw new Error(`nginx does not answer: ${said}`)
}

async function isOpen(port: number): Promise<boolean> {
  try {
    const socket = await open(port)
    socket.destroy()
    return true
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 50))
    return false
  }
}

/** Records the requests that reach a server of this process, and how it answers, until the test ends. */
export function recordRequests(port: number): Forwarded[] {
  const requests: Forwarded[] = []
  const note = (message: unknown): void => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as Node documents it
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    if (request.socket.localPort !== port) return
    requests.push({ target: request.url, headers: request.headers, status: response.statusCode })
  }
  subscribe('http.server.response.finish', note)
  onTestFinished(() => void unsubscribe('http.server.response.finish', note))
  return requests
}

function configuration(folder: string, cache: Cache, origin: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  const server = (port: number, ...lines: readonly string[]): string => `
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${origin};
      ${lines.join('\n      ')}
    }
  }`
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  ${temporary.join('\n  ')}
  proxy_cache_path ${folder}/cache keys_zone=cache:1m use_temp_path=off;
  proxy_cache cache;
  proxy_cache_key $server_port$request_uri$slice_range;
  proxy_cache_revalidate on;
  proxy_http_version 1.1;
  proxy_set_header Connection '';
  add_header X-Cache $upstream_cache_status always;
${server(cache.lasting, 'proxy_cache_valid 200 1m;')}
${server(cache.brief, 'proxy_cache_valid 200 1s;')}
${server(cache.sliced, 'slice 512;', 'proxy_cache_valid 200 206 1s;', 'proxy_set_header Range $slice_range;')}
}
`
}
