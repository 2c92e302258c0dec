import { expect, it } from 'vitest'
import { breakable, checkBroken } from './fixtures/broken.test.helper.ts'

/** Each rule about answers. */
const ids = breakable.filter(({ judge }) => judge !== undefined).map(({ id }) => id)

it.each(ids)('finds out the server that breaks %s, and fails nothing else', async (id) => {
  const { failed, due } = await checkBroken(id)
  expect(failed).toEqual(due)
})
