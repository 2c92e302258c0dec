export {
  isClientError,
  isError,
  isInformational,
  isRedirect,
  isRedirection,
  isServerError,
  isSuccessful,
  statusClass,
  type ClientErrorStatusCode,
  type ErrorStatusCode,
  type InformationalStatusCode,
  type RedirectionStatusCode,
  type RedirectStatusCode,
  type ServerErrorStatusCode,
  type StatusClass,
  type SuccessfulStatusCode,
} from './class.ts'
export type { FieldCondition, FieldDuty, FieldLevel } from './fields.ts'
export {
  statuses,
  statusInfo,
  type Cacheability,
  type RegisteredStatusInfo,
  type StatusInfo,
  type StatusState,
} from './info.ts'
export { reasonPhrase, statusName, type ReasonPhrase, type StatusName } from './phrase.ts'
export { assertStatusCode } from './range.ts'
export { isRegistered, statusCodes } from './registered.ts'
export type { StatusCode } from './registry.ts'
export { statusCode, type OldReasonPhrase, type StatusCodeOf, type StatusText } from './reverse.ts'
export type { Specification } from './specification.ts'
export { Status } from './status.ts'
export { treatedAs } from './treated-as.ts'
