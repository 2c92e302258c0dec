import { Converter } from 'typedoc'

/** Names the modules as one imports them: `@http-semantics/status/en`, not `status/src/en`. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) {
      const [name, , entry = 'index'] = module.name.split('/')
      module.name = `@http-semantics/${name}${entry === 'index' ? '' : `/${entry}`}`
    }
  })
}
