/** What the routes do not tell: the media types that each resource takes. */
export const resources = {
  '/': { accept: { post: ['application/json'] } },
  '/login': { accept: { post: ['application/json'] } },
  '/notes': { accept: { post: ['application/json'] } },
  '/notes/:id': { accept: { patch: ['application/merge-patch+json'] } },
} as const

/** The path of the text file that `/files/hello.txt` serves. */
export const filesFolder: URL = new URL('../files/', import.meta.url)
