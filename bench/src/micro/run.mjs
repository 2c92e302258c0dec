import { measure } from 'mitata'
import { ratios, spread } from '../statistics.mjs'
import { groups as errors } from './errors.mjs'
import { groups as securityHeaders } from './security-headers.mjs'
import { groups as session } from './session.mjs'
import { groups as status } from './status.mjs'
import { groups as validators } from './validators.mjs'

const effort = { quick: { rounds: 5, nanoseconds: 5e6 }, full: { rounds: 15, nanoseconds: 20e6 } }

/**
 * Measures functions beside those of other libraries, in rounds in which each has its turn.
 *
 * A group is what can be compared: `entries` by name, the first of them ours, each a function that does
 * the work `times` times (default: once).
 *
 * @returns Per group its `name`, `title` and `entries`: nanoseconds of one piece of work, and how many
 *   times the time of ours that is.
 */
export async function measureFunctions({ isQuick }, tell) {
  const { rounds, nanoseconds } = effort[isQuick ? 'quick' : 'full']
  const results = []
  for (const load of [securityHeaders, session, status, errors, validators]) {
    for (const { name, title, times = 1, entries } of await load()) {
      tell(`functions: ${title}`)
      const names = Object.keys(entries)
      const samples = new Map(names.map((entry) => [entry, []]))
      // The first round is the warm-up.
      for (let round = 0; round <= rounds; round += 1) {
        // There and back, so that nobody always has the same one before.
        for (const entry of round % 2 === 0 ? names : names.toReversed()) {
          const { p50 } = await measure(entries[entry], {
            min_cpu_time: nanoseconds,
            batch_samples: 256,
          })
          if (round > 0) samples.get(entry).push(p50 / times)
        }
      }
      const ours = samples.get(names[0])
      results.push({
        name,
        title,
        entries: names.map((entry) => ({
          name: entry,
          nanoseconds: spread(samples.get(entry)),
          ofOurs: ratios(samples.get(entry), ours),
        })),
      })
    }
  }
  return results
}
