export {
  httpSemantics,
  methodGuard,
  type HttpSemantics,
  type HttpSemanticsOptions,
} from './semantics.ts'
export { type MethodGuardOptions, type ResourceDeclarations } from '@http-semantics/http'
