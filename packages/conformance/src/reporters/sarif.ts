import type { Report, RuleResult } from '../report.ts'
import { jsonText } from './json.ts'

const severities = { must: 'error', should: 'warning', practice: 'note' } as const

/** The failures of one rule, as SARIF has them. */
const resultsOf = (
  { id, level, failures, known }: RuleResult,
  url: string,
  ruleIndex: number,
): object[] =>
  failures.map(({ explanation, sent, received }) => ({
    ruleId: id,
    ruleIndex,
    level: severities[level],
    message: { text: explanation },
    baselineState: known ? 'unchanged' : 'new',
    locations: [{ physicalLocation: { artifactLocation: { uri: url } } }],
    webRequest: { protocol: 'HTTP', body: { text: sent } },
    webResponse: { body: { text: received } },
  }))

/**
 * A report as SARIF 2.1.0 text, which code scanning services read.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function reportSarif(report: Report): string {
  const { results, url } = report
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: '@http-semantics/conformance',
            informationUri:
              'https://github.com/http-semantics/http-semantics/tree/main/packages/conformance',
            rules: results.map(({ id, sentence, reference, level, area }) => ({
              id,
              shortDescription: { text: sentence },
              fullDescription: { text: `${sentence} (${reference.text})` },
              helpUri: reference.link,
              defaultConfiguration: { level: severities[level] },
              properties: { tags: [area] },
            })),
          },
        },
        invocations: [{ executionSuccessful: report.complete }],
        results: results.flatMap((result, index) => resultsOf(result, url, index)),
      },
    ],
  }
  return jsonText(log)
}
