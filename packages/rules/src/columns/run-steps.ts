import type { Step } from './plan.ts'
import type { Program } from './program.ts'
import type { Run } from './truths.ts'

/** Lanes a block: what one step leaves for the next is still in the cache, and a call is made seldom enough. */
const block = 16_384

/** Steps made ready to run: as long as no figure changes and the program is not written anew, again and again. */
export type Ready = readonly { readonly lanes: number; readonly whole: boolean; readonly parts: readonly Run[] }[]

/** Runs steps in their order; neighbours on the same lanes go through them block by block. */
export function runSteps(steps: readonly Step[], program: Program): void {
  runReady(ready(steps, program))
}

export function ready(steps: readonly Step[], program: Program): Ready {
  program.clear()
  const groups: Step[][] = []
  for (const step of steps) {
    if (!step.run) continue
    const last = groups.at(-1)
    if (last && !step.whole && !last[0]?.whole && last[0]?.space === step.space) last.push(step)
    else groups.push([step])
  }
  return groups.map(group => {
    const [{ space, whole }] = group as [Step]
    return { lanes: space.lanes, whole, parts: partsOf(group, program) }
  })
}

export function runReady(groups: Ready): void {
  for (const { lanes, whole, parts } of groups) {
    const step = whole ? lanes : block
    for (let from = 0; from < lanes; from += step) for (const run of parts) run(from, Math.min(from + step, lanes))
  }
}

/** Kernels that follow one another become one part. */
function partsOf(steps: readonly Step[], program: Program): readonly Run[] {
  const parts: Run[] = []
  let first = program.count
  const close = () => {
    const [from, to] = [first, program.count]
    if (from < to) parts.push((low, high) => program.run(from, to, low, high))
    first = to
  }
  for (const { run: work } of steps) {
    const kernels = work && typeof work !== 'function' ? work.emit(program) : 'run'
    if (kernels === 'all') continue
    close()
    const run = typeof work === 'function' ? work : work?.[kernels]
    if (!run) throw new Error('a step without kernels has nothing to run')
    parts.push(run)
  }
  close()
  return parts
}
