import type { Step } from './plan.ts'

/** Lanes a block: the planes and columns of one block stay in the cache while a run of steps goes over them. */
const block = 16_384

/** Runs steps in their order; neighbours on the same lanes go through them block by block. */
export function runSteps(steps: readonly Step[]): void {
  let together: Step[] = []
  const flush = () => {
    const lanes = together[0]?.space.lanes ?? 0
    for (let from = 0; from < lanes; from += block)
      for (const step of together) step.run?.(from, Math.min(from + block, lanes))
    together = []
  }
  for (const step of steps) {
    if (!step.run) continue
    if (step.whole || together[0]?.space !== step.space) flush()
    if (step.whole) step.run(0, step.space.lanes)
    else together.push(step)
  }
  flush()
}
