import diagnosticsChannel from 'node:diagnostics_channel'
import { violationChannel, type Violation } from '@http-semantics/http'
import { onTestFinished } from 'vitest'

/** Collects the violations that are published until the test ends. */
export function listen(): Violation[] {
  const violations: Violation[] = []
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else is published there
  const note = (message: unknown): number => violations.push(message as Violation)
  diagnosticsChannel.subscribe(violationChannel, note)
  onTestFinished(() => {
    diagnosticsChannel.unsubscribe(violationChannel, note)
  })
  return violations
}

/** Collects the process warnings that tell of violations, until the test ends. */
export function listenToWarnings(): Error[] {
  const warnings: Error[] = []
  const note = (warning: Error): void => {
    if (warning.name === 'HttpSemanticsWarning') warnings.push(warning)
  }
  process.on('warning', note)
  onTestFinished(() => {
    process.off('warning', note)
  })
  return warnings
}
