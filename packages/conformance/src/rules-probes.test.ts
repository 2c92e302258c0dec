import { expect, it } from 'vitest'
import { breakable, checkBroken } from './fixtures/broken.test.helper.ts'

/** Each rule that asks. */
const ids = breakable.filter(({ probe }) => probe !== undefined).map(({ id }) => id)

it.each(ids)('finds out the server that breaks %s, and fails nothing else', async (id) => {
  const { failed, due } = await checkBroken(id)
  expect(failed).toEqual(due)
})
