export {
  defineProblem,
  type Extensions,
  type ProblemDefinition,
  type ProblemError,
  type ProblemFactory,
} from './define.ts'
export { documentProblems, type ProblemDocument } from './document.ts'
export type { ErrorStatus } from './error-status.ts'
export { escapeHtml } from './escape.ts'
export { chooseLanguage, type Language, type LocalizedText } from './language.ts'
export {
  fieldsOf,
  statusOf,
  toProblem,
  type Problem,
  type ProblemMembers,
  type ProblemOptions,
} from './problem.ts'
export {
  representError,
  representProblem,
  type ErrorRepresentation,
  type Preferences,
  type ProblemRepresentation,
} from './represent.ts'
