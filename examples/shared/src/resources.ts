/**
 * What the routes do not tell: the media types that each resource takes. Where clients may leave the
 * type out, the handler finds out itself.
 */
export const resources = {
  '/': { accept: { post: ['application/json'] }, withoutType: 'take' },
  '/login': { accept: { post: ['application/json'] }, withoutType: 'take' },
  '/notes': { accept: { post: ['application/json'] }, withoutType: 'take' },
  '/notes/:id': { accept: { patch: ['application/merge-patch+json'] }, withoutType: 'take' },
  '/search': { accept: { query: ['application/json'] } },
} as const
