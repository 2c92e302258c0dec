import { evaluatePreconditions, strongETag } from '@http-semantics/preconditions'
import etag from 'etag'
import fresh from 'fresh'
import { do_not_optimize as keep } from 'mitata'

const content = Buffer.from('Tell clients what they may do. '.repeat(33))
const date = 'Wed, 10 Jun 2026 00:00:00 GMT'
const state = { exists: true, etag: '"v7"', lastModified: new Date(date) }
const theirState = { etag: '"v7"', 'last-modified': date }

/** Entity tags, and the question whether the client has the answer already. */
export const groups = () => [
  {
    name: 'etag',
    title: 'An entity tag from 1 kB of content',
    entries: {
      '@http-semantics/preconditions': () => keep(strongETag(content)),
      etag: () => keep(etag(content)),
    },
  },
  freshness('not-modified', 'A condition that holds: 304', { 'if-none-match': '"v7"' }, true),
  freshness(
    'not-modified-list',
    'The same with a list of three entity tags',
    { 'if-none-match': 'W/"v5", "v6", "v7"' },
    true,
  ),
  freshness('not-modified-date', 'The same with a date', { 'if-modified-since': date }, true),
  freshness('no-condition', 'No condition at all', { accept: '*/*' }, false),
]

function freshness(name, title, fields, expected) {
  const ours = () => evaluatePreconditions({ method: 'GET', fields, state }).action
  if ((ours() === 'not-modified') !== expected || fresh(fields, theirState) !== expected) {
    throw new Error(`${title}: no such answer`)
  }
  return {
    name,
    title,
    entries: {
      '@http-semantics/preconditions': () => keep(ours()),
      fresh: () => keep(fresh(fields, theirState)),
    },
  }
}
