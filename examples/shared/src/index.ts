export { explorer } from './explorer/explorer.ts'
export { explorerFile } from './explorer/files.ts'
export { headFields, realHead } from './explorer/real-head.ts'
export { hello } from './hello.ts'
export { contentLimit, readJson } from './json.ts'
export {
  noteFields,
  Notes,
  patchedText,
  textOf,
  type Note,
  type StoredNote,
  type Validators,
} from './notes.ts'
export { type Representations } from './represent.ts'
export { rawAnswer, type RawAnswer } from './raw.ts'
export { resources } from './resources.ts'
export { respond, type Answer, type Asked } from './respond.ts'
export { search } from './search.ts'
export { run, type Start } from './run.ts'
export { createServer, listen, type Address } from './server.ts'
export {
  logIn,
  readSettings,
  representSession,
  sharedSettings,
  whoIs,
  type Settings,
} from './sessions.ts'
export { statusPage } from './status-page.ts'
export { endTicks, openTicks, ticks } from './ticks.ts'
export { type Credentials } from './tls.ts'
