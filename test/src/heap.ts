import v8 from 'node:v8'
import vm from 'node:vm'

v8.setFlagsFromString('--expose-gc')
const collect: unknown = vm.runInNewContext('gc')

/** The bytes of the heap that are in use once nothing is left to collect. */
export function heapUsed(): number {
  if (typeof collect !== 'function') throw new Error('The garbage collector cannot be called')
  for (let round = 0; round < 3; round += 1) collect()
  return process.memoryUsage().heapUsed
}
