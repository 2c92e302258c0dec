export { checkKeys } from './keys.ts'
export { edits, nearest } from './nearest.ts'
export { show } from './show.ts'
