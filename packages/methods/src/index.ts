export { acceptFields, type AcceptedTypes, type Field } from './accept.ts'
export { completeMethods, formatAllow } from './allow.ts'
export {
  decideMethod,
  refusedMethods,
  serverMethods,
  type MethodDecision,
  type MethodQuestion,
} from './decide.ts'
export {
  findMethod,
  isIdempotent,
  isMethodToken,
  isSafe,
  Method,
  type MethodConstants,
} from './method.ts'
export {
  methodRegistry,
  type MethodCacheability,
  type MethodEntry,
  type RegisteredMethod,
  type RequestContent,
} from './registry.ts'
