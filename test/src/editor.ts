import { fileURLToPath } from 'node:url'
import type ts from 'typescript-6'

/** What an editor offers at a place. */
interface Offer {
  readonly name: string
  /** What it says about it; empty if nothing. */
  readonly documentation: string
}

/** An editor's view of a file, with one version of TypeScript. */
export interface Editor {
  /**
   * What it offers at the `|` of a code.
   *
   * @param code - A module; it may import the packages and frameworks.
   */
  completions(code: string): Offer[]
  /** What it shows when the pointer is on the word behind the `|`: its type, and what is said about it. */
  hover(code: string): string
  /** The first lines of what it underlines. */
  errors(code: string): string[]
}

// With slashes on Windows, too, as TypeScript has it.
const folder = fileURLToPath(new URL('..', import.meta.url)).replaceAll('\\', '/')
const file = `${folder}src/edited.ts`

/**
 * An editor on a file beside these tests, which sees the sources of the packages.
 *
 * @param typescript - The module of a TypeScript that has a language service.
 */
export function openEditor(typescript: typeof ts): Editor {
  let text = ''
  let version = 0
  const options: ts.CompilerOptions = {
    target: typescript.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: typescript.ModuleKind.NodeNext,
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    customConditions: ['@http-semantics/source'],
  }
  const { sys } = typescript
  const service = typescript.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(version) : '0'),
    getScriptSnapshot(name) {
      const content = name === file ? text : sys.readFile(name)
      return content === undefined ? undefined : typescript.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (chosen) => typescript.getDefaultLibFilePath(chosen),
    fileExists: (name) => name === file || sys.fileExists(name),
    readFile: (name) => sys.readFile(name),
    readDirectory: (...parameters) => sys.readDirectory(...parameters),
    directoryExists: (name) => sys.directoryExists(name),
    getDirectories: (name) => sys.getDirectories(name),
    realpath: (path) => sys.realpath?.(path) ?? path,
  })
  const edit = (code: string): number => {
    const position = code.indexOf('|')
    text = code.replace('|', '')
    version += 1
    return position
  }
  const plain = (parts: ts.SymbolDisplayPart[] | undefined): string =>
    (parts ?? []).map(({ text: part }) => part).join('')

  return {
    completions(code) {
      const position = edit(code)
      const found = service.getCompletionsAtPosition(file, position, {})
      return (found?.entries ?? []).map(({ name }) => {
        const details = service.getCompletionEntryDetails(
          file,
          position,
          name,
          undefined,
          undefined,
          undefined,
          undefined,
        )
        return { name, documentation: plain(details?.documentation) }
      })
    },
    hover(code) {
      const info = service.getQuickInfoAtPosition(file, edit(code))
      return `${plain(info?.displayParts)}\n${plain(info?.documentation)}`
    },
    errors(code) {
      edit(code)
      return service
        .getSemanticDiagnostics(file)
        .map(({ messageText }) => typescript.flattenDiagnosticMessageText(messageText, '\n'))
    },
  }
}
