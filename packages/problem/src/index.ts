export { escapeHtml } from './escape.ts'
export { fieldsOf, statusOf, toProblem, type Problem } from './problem.ts'
export { representProblem, type ProblemRepresentation } from './represent.ts'
