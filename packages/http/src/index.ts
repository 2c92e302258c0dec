export {
  errorAnswer,
  prepareError,
  prepareOptions,
  type Answer,
  type ResponseHead,
} from './answer.ts'
export {
  MethodGuard,
  type MethodGuardOptions,
  type OptionsAnswer,
  type RouteReader,
  type Verdict,
} from './guard.ts'
export { endHeadEarly } from './head.ts'
export { checkKeys, show } from './options.ts'
export { type ResourceDeclaration, type ResourceDeclarations } from './resources.ts'
export { attachTo } from './server.ts'
export { malformedTarget, pathOf } from './target.ts'
export { statusOf } from '@http-semantics/problem'
