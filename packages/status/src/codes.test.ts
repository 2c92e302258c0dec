import { readFile } from 'node:fs/promises'

import { describe, expect, expectTypeOf, it, vi } from 'vitest'

import * as codes from './codes.ts'
import { Status, statuses, type RegisteredStatusInfo, type StatusCode } from './index.ts'

type Write = (rows: readonly RegisteredStatusInfo[]) => string

const { codesSource, statusSource } = await vi.importActual<{
  readonly codesSource: Write
  readonly statusSource: Write
}>('../scripts/write-codes.mjs')

const byName = Object.fromEntries(statuses.map(({ code, name }) => [name, code]))

describe('the written files', () => {
  it.each([
    ['codes.ts', codesSource],
    ['status.ts', statusSource],
  ])('%s is what the script writes from the table', async (file, source) => {
    const text = await readFile(new URL(file, import.meta.url), 'utf8')
    expect(text).toBe(source(statuses))
  })

  it('export one constant per code', () => {
    expect({ ...codes }).toEqual(byName)
  })

  it('say in a comment what a constant stands for', () => {
    const source = codesSource(statuses)
    expect(source).toContain(
      '/** 404 Not Found: [RFC 9110, Section 15.5.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5) */\nexport const NotFound = 404\n',
    )
    expect(source).toContain("/** 418 (Unused) (reserved), formerly I'm a teapot: [")
  })
})

describe('Status', () => {
  it('has every code by name', () => {
    expect(Status).toEqual(byName)
  })

  it('is a type as well, so that it reads like an enum', () => {
    const status: Status = Status.NotFound
    expect(status).toBe(404)
    expectTypeOf(Status.NotFound).toEqualTypeOf<404>()
    expectTypeOf<typeof codes.NotFound>().toEqualTypeOf<404>()
    expectTypeOf<Status>().toEqualTypeOf<StatusCode>()
    // @ts-expect-error 499 is nobody's registered code
    const wrong: Status = 499
    expect(wrong).toBe(499)
  })
})
