import { block, type Inner } from './inner.ts'
import type { Step } from './plan.ts'
import type { Program } from './program.ts'
import type { Run } from './truths.ts'

/** Steps made ready to run: as long as no figure changes and the program is not written anew, again and again. */
export interface Ready {
  readonly groups: readonly { readonly lanes: number; readonly whole: boolean; readonly parts: readonly Run[] }[]
  /** Steps whose columns are not written out. */
  readonly inner: readonly Step[]
}

/** Runs steps in their order; neighbours on the same lanes go through them block by block. */
export function runSteps(steps: readonly Step[], program: Program): void {
  runReady(ready(steps, program))
}

/** @param inner says which columns need not be written out; all are, when left out */
export function ready(steps: readonly Step[], program: Program, inner?: Inner): Ready {
  program.clear()
  const groups: Step[][] = []
  for (const step of steps) {
    if (!step.run) continue
    const last = groups.at(-1)
    if (last && !step.whole && !last[0]?.whole && last[0]?.space === step.space) last.push(step)
    else groups.push([step])
  }
  const hidden: Step[] = []
  if (inner) {
    // What a step is made of is only known when it is written down.
    const at = new Map<number, number>()
    for (const group of groups) {
      const kernels = new Set(group.filter(({ run }) => typeof run === 'object' && run.emit(program) === 'all'))
      const found = inner.placesIn(group, kernels)
      for (const [from, to] of found.at) at.set(from, to)
      hidden.push(...found.steps)
    }
    program.clear(at)
  }
  return {
    groups: groups.map(group => {
      const [{ space, whole }] = group as [Step]
      return { lanes: space.lanes, whole, parts: partsOf(group, program) }
    }),
    inner: hidden,
  }
}

export function runReady({ groups }: Ready): void {
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
