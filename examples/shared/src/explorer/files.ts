import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { strongETag } from '@http-semantics/preconditions'
import createError from 'http-errors'

/** A file of the page, ready to send. */
interface PageFile {
  readonly content: Buffer
  readonly type: string
  readonly etag: string
}

const folder = new URL('../../files/explorer/', import.meta.url)

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const files: ReadonlyMap<string, PageFile> = new Map(
  readdirSync(folder).map((name) => {
    const content = readFileSync(new URL(name, folder))
    const type = types[extname(name)] ?? 'application/octet-stream'
    return [name, { content, type, etag: strongETag(content) }]
  }),
)

/**
 * A file of the explorer page.
 *
 * @param name - As it stands in the path.
 * @throws 404 for any other name.
 */
export function explorerFile(name: string): PageFile {
  const found = files.get(name)
  if (found === undefined) throw createError(404, 'The page has no such file')
  return found
}
