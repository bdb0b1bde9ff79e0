import type { Step } from './plan.ts'
import type { Program } from './program.ts'
import type { Run } from './truths.ts'

/** Lanes a block: small where kernels do all the work, larger where each step of a block costs a call. */
const [small, large] = [8192, 16_384]

/** Runs steps in their order; neighbours on the same lanes go through them block by block. */
export function runSteps(steps: readonly Step[], program: Program): void {
  let together: Step[] = []
  const flush = () => {
    if (together.length > 0) runTogether(together, program)
    together = []
  }
  for (const step of steps) {
    if (!step.run) continue
    if (step.whole || together[0]?.space !== step.space) flush()
    together.push(step)
    if (step.whole) flush()
  }
  flush()
}

function runTogether(steps: readonly Step[], program: Program): void {
  const lanes = (steps[0] as Step).space.lanes
  const parts: Run[] = []
  let first = 0
  program.clear()
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
  const whole = (steps[0] as Step).whole
  const block = whole ? lanes : parts.length === 1 ? small : large
  for (let from = 0; from < lanes; from += block) for (const run of parts) run(from, Math.min(from + block, lanes))
}
