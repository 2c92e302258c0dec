export { httpSemantics, methodGuard, type HttpSemanticsOptions } from './semantics.ts'
export { type MethodGuardOptions, type ResourceDeclarations } from '@http-semantics/http'
