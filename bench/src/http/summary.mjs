import { ratios, spread } from '../statistics.mjs'

/** What is left of the times of all rounds: ratios of what ran in the same round, in the middle and at most. */
export function summarise(cells) {
  const find = (framework, name, stack) =>
    cells.find((cell) => cell.framework === framework && cell.name === name && cell.stack === stack)

  const servers = cells.map(({ framework, name, stack, cpu, perSecond }) => {
    const bare = find(framework, name, 'bare').cpu
    const peers = find(framework, name, stack.replace('ours', 'peers')).cpu
    return {
      framework,
      name,
      stack,
      cpu: spread(cpu),
      perSecond: spread(perSecond).median,
      // As a share of what the stack takes: 1 is for free.
      ofBare: ratios(bare, cpu),
      ...(stack.startsWith('ours') && { ofPeers: ratios(peers, cpu) }),
    }
  })

  const refused = cells
    .filter(({ name, stack }) => name === '405-1000' && stack === 'ours')
    .map(({ framework, cpu }) => ({
      framework,
      over404: ratios(cpu, find(framework, '404-1000', 'ours').cpu),
    }))
  return { servers, refused }
}
