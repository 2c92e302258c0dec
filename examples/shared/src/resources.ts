/**
 * What the routes do not tell: the media types that each resource takes and gives. Where clients may
 * leave the type out, the handler finds out itself. Content has no codings.
 */
export const resources = {
  '/': { accept: { post: ['application/json'] }, withoutType: 'take', codings: [] },
  '/login': { accept: { post: ['application/json'] }, withoutType: 'take', codings: [] },
  '/notes': { accept: { post: ['application/json'] }, withoutType: 'take', codings: [] },
  '/notes/:id': {
    accept: { put: ['application/json'], patch: ['application/merge-patch+json'] },
    withoutType: 'take',
    codings: [],
  },
  '/search': { accept: { query: ['application/json'] }, codings: [] },
} as const
