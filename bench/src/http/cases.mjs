import { etag, hello, large, routePath, small, user } from './content.mjs'

const plain = ['bare', 'ours', 'peers']
const withSession = ['bare', 'ours+session', 'peers+session']
const json = (value) => JSON.stringify(value)
const get = (target, fields = {}) => ({ method: 'GET', target, fields })

/** Another status than ours, where a stack does not know better. */
const not405 = {
  express: { bare: 404, peers: 404 },
  koa: { bare: 404 },
  fastify: { bare: 404, peers: 404 },
}

/**
 * What is measured. Cases of one `group` run in the same rounds, so that they can be compared.
 *
 * - `stacks`: the bare framework, and what is compared with it.
 * - `routes`: how many routes the app has; 0 for one of each kind.
 * - `status`, `content`: what the answer has to be; `content: undefined` for the text of an error.
 * - `others`: where a stack answers with another status, by framework.
 * - `sleeps`: whether the client sleeps until the next answer, as `wrk` and browsers do.
 * - `writes`: whether a session is saved.
 * - `hasTarget`: whether it has a target, and so more than one start; so have all of its group.
 * - `main`: whether it is the whole stack that is measured, and part of a quick run; these have targets, too.
 */
export const cases = [
  {
    name: 'hello',
    title: 'hello, as text',
    stacks: plain,
    request: get('/'),
    status: 200,
    content: hello,
    main: true,
  },
  {
    name: 'session-read',
    title: 'a session is read',
    stacks: withSession,
    request: get('/me'),
    status: 200,
    content: user,
    main: true,
  },
  {
    name: 'session-read-asleep',
    title: 'a session is read, for a client that sleeps',
    stacks: withSession,
    request: get('/me'),
    status: 200,
    content: user,
    sleeps: true,
    hasTarget: true,
  },
  {
    name: 'session-write',
    title: 'a session is changed',
    stacks: withSession,
    request: get('/visit'),
    status: 200,
    content: user,
    writes: true,
  },
  {
    name: 'json-1k',
    title: 'JSON of 1 kB',
    stacks: plain,
    request: get('/small'),
    status: 200,
    content: json(small),
  },
  {
    name: 'json-100k',
    title: 'JSON of 100 kB',
    stacks: plain,
    request: get('/large'),
    status: 200,
    content: json(large),
  },
  {
    name: 'head',
    title: 'HEAD',
    stacks: plain,
    request: { ...get('/'), method: 'HEAD' },
    status: 200,
    content: '',
  },
  {
    name: '304',
    title: '304, the client has it',
    stacks: plain,
    request: get('/tagged', { 'If-None-Match': etag }),
    status: 304,
    content: '',
  },
  {
    name: 'error',
    title: 'an error that a handler throws',
    stacks: plain,
    request: get('/refused'),
    status: 403,
    content: undefined,
  },
  {
    name: '404',
    title: '404',
    stacks: plain,
    request: get('/missing'),
    status: 404,
    content: undefined,
  },
  {
    name: '405',
    title: '405',
    stacks: plain,
    request: { ...get('/'), method: 'DELETE' },
    status: 405,
    content: undefined,
    others: not405,
  },
  {
    name: 'routes-10',
    group: 'routes',
    hasTarget: true,
    title: 'the last of 10 routes',
    stacks: plain,
    routes: 10,
    request: get(`${routePath(9)}/7`),
    status: 200,
    content: hello,
  },
  {
    name: 'routes-1000',
    group: 'routes',
    hasTarget: true,
    title: 'the last of 1,000 routes',
    stacks: plain,
    routes: 1000,
    request: get(`${routePath(999)}/7`),
    status: 200,
    content: hello,
  },
  {
    name: '404-1000',
    group: 'routes',
    hasTarget: true,
    title: '404 with 1,000 routes',
    stacks: plain,
    routes: 1000,
    request: get('/missing/7'),
    status: 404,
    content: undefined,
  },
  {
    name: '405-1000',
    group: 'routes',
    hasTarget: true,
    title: '405 with 1,000 routes',
    stacks: plain,
    routes: 1000,
    request: { ...get(`${routePath(999)}/7`), method: 'DELETE' },
    status: 405,
    content: undefined,
    others: not405,
  },
]

/** The status with which a stack answers. */
export const statusOf = ({ status, others }, framework, stack) =>
  others?.[framework]?.[stack] ?? status

/** The cases in groups, those of one group together. */
export function groupsOf(list) {
  const groups = new Map()
  for (const one of list) {
    const name = one.group ?? one.name
    groups.set(name, [...(groups.get(name) ?? []), one])
  }
  return [...groups.values()]
}
