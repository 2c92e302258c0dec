import { strongETag } from '@http-semantics/preconditions'
import { readFileSync, statSync } from 'node:fs'

const file = new URL('../files/hello.txt', import.meta.url)
const content = readFileSync(file)

/** A representation of which clients may ask for parts. */
interface Hello {
  readonly content: Buffer
  readonly type: string
  readonly etag: string
  readonly lastModified: Date
}

/** What `/files/hello.txt` serves. Its entity tag is strong, so that who has a part can ask for the rest. */
export const hello: Hello = {
  content,
  type: 'text/plain; charset=utf-8',
  etag: strongETag(content),
  lastModified: statSync(file).mtime,
}
