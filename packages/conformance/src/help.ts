/** What `--help` shows. */
export const help = `conformance URL [options]

Tells whether the server at URL keeps the rules of HTTP. By default it sends safe requests only, and
such as a server has to refuse.

Examples
  conformance http://127.0.0.1:3000/
  conformance https://localhost:8443/ --insecure --path /notes/1 --level should
  conformance http://127.0.0.1:3000/ --openapi openapi.yaml --format sarif > http.sarif
  conformance http://127.0.0.1:3000/ --format json > known.json
  conformance http://127.0.0.1:3000/ --baseline known.json

What is looked at
  --path PATH        one more path; may be given several times
  --openapi FILE     the paths of an OpenAPI document (JSON or YAML) that have GET
  --no-links         not the paths that the page links to
  --max-paths N      this many paths at most (12)
  --allow-writes     also POST, PUT, PATCH and DELETE: never against what you want to keep

Which rules
  --only NAMES       these rules or areas alone, parted by commas
  --skip NAMES       all but these
  --level LEVEL      exit 1 from this level on: must, should, practice (must)
  --baseline FILE    failures that are known: a report of --format json, or a JSON list of ids
  --list             show all rules, and check nothing

How
  --insecure         take certificates that nobody vouches for
  --timeout MS       wait this long for an answer (5000)
  --connections N    this many at a time (4)
  --delay MS         wait this long before each (0)

What comes out
  --format FORMAT    terminal, json or sarif (terminal)
  --all              list what was kept and what did not apply, too
  --no-color         no colours; so does the variable NO_COLOR
  -h, --help         this text

Exit code: 0 where all rules of the level held, 1 where one failed or the server was gone before the end,
2 where nothing could be checked, 130 where Ctrl-C stopped it: what was found by then is shown.
`
