export {
  multipartByteranges,
  type Byteranges,
  type ByterangesQuestion,
  type BytePart,
} from './byteranges.ts'
export { createCodingJudge, judgeContentEncoding, type CodingDecision } from './coding.ts'
export {
  createContentJudge,
  judgeContentType,
  type ContentDecision,
  type ContentQuestion,
  type ContentRules,
} from './content.ts'
export {
  compareStrong,
  compareWeak,
  etagForCoding,
  formatETag,
  parseETag,
  parseETagList,
  strongETag,
  weaken,
  weakETag,
  type EntityTag,
} from './etag.ts'
export type { Field } from './fields.ts'
export { formatHttpDate, parseHttpDate } from './http-date.ts'
export { evaluateIfRange, type RangeValidators } from './if-range.ts'
export { linkValue, type Link } from './link.ts'
export { matchesRange, parseMediaType, type MediaType } from './media-type.ts'
export {
  createNegotiation,
  negotiate,
  type Negotiated,
  type NegotiationOptions,
  type NegotiationPreferences,
  type Variant,
} from './negotiation.ts'
export { fieldsToDrop, notModifiedFields, type FieldRecord } from './not-modified.ts'
export {
  evaluatePreconditions,
  missingPrecondition,
  type ConditionalFields,
  type FailedField,
  type PreconditionDecision,
  type PreconditionQuestion,
  type RequirementQuestion,
  type ResourceState,
} from './preconditions.ts'
export { queryLocations, type QueryLocations } from './query-locations.ts'
export { parseRange, type ByteRangeSet, type RangeSpec } from './range.ts'
export {
  contentRange,
  selectRanges,
  type ByteRange,
  type RangeDecision,
  type RangeLimits,
  type RangeQuestion,
} from './ranges.ts'
export { retryAfter } from './retry-after.ts'
export { mergeVary } from './vary.ts'
