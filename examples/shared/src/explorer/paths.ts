/** A resource of the app: how its routes name it, and a path that is one of it. */
interface AppPath {
  readonly pattern: string
  readonly example: string
}

/** Every path of the app, in the order of the example contract, the explorer's own at the end. */
export const paths: readonly AppPath[] = [
  { pattern: '/', example: '/' },
  { pattern: '/status/:code', example: '/status/404' },
  { pattern: '/respond/:code', example: '/respond/404' },
  { pattern: '/raw/:case', example: '/raw/401' },
  { pattern: '/notes', example: '/notes' },
  { pattern: '/notes/:id', example: '/notes/1' },
  { pattern: '/search', example: '/search' },
  { pattern: '/ticks', example: '/ticks' },
  { pattern: '/files/hello.txt', example: '/files/hello.txt' },
  { pattern: '/login', example: '/login' },
  { pattern: '/me', example: '/me' },
  { pattern: '/session', example: '/session' },
  { pattern: '/logout', example: '/logout' },
  { pattern: '/boom', example: '/boom' },
  { pattern: '/explorer/head', example: '/explorer/head' },
  { pattern: '/explorer/:file', example: '/explorer/page.css' },
]
