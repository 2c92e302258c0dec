import { expect, it } from 'vitest'
import * as preconditions from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(preconditions).toSorted()).toEqual([
    'compareStrong',
    'compareWeak',
    'contentRange',
    'createCodingJudge',
    'createContentJudge',
    'createNegotiation',
    'etagForCoding',
    'evaluateIfRange',
    'evaluatePreconditions',
    'fieldsToDrop',
    'formatETag',
    'formatHttpDate',
    'judgeContentEncoding',
    'judgeContentType',
    'linkValue',
    'matchesRange',
    'mergeVary',
    'missingPrecondition',
    'multipartByteranges',
    'negotiate',
    'notModifiedFields',
    'parseETag',
    'parseETagList',
    'parseHttpDate',
    'parseMediaType',
    'parseRange',
    'queryLocations',
    'retryAfter',
    'selectRanges',
    'strongETag',
    'weakETag',
    'weaken',
  ])
})
