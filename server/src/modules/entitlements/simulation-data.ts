import { wordsSchema, z } from '@zhulian/kernel/contract'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { readConfig } from '../../platform/config.ts'
import { SetupProblem } from '../../platform/setup-problem.ts'

const form = z.strictObject({
  sliders: z.array(
    z.strictObject({
      parameter: z.string(),
      step: z.number().positive(),
      /** Shares of the figure in force. */
      from: z.number().min(0),
      to: z.number().positive(),
    }),
  ),
  budgets: z.array(
    z.strictObject({
      id: z.string(),
      name: wordsSchema,
      policies: z.array(z.string()).min(1),
      yuan: z.number().int().positive(),
      provenance: z.array(z.string()).min(1),
    }),
  ),
})
export type SimulationData = z.output<typeof form>

let read: Promise<SimulationData> | undefined

/** What the district puts on sliders and what money it has. @throws SetupProblem when the file is wrong */
export const simulationData = (): Promise<SimulationData> => (read ??= load())

async function load(): Promise<SimulationData> {
  const file = path.join(readConfig().shippedDir, 'simulation.yaml')
  const checked = form.safeParse(parse(await readFile(file, 'utf8')))
  if (checked.success) return checked.data
  const why = z.prettifyError(checked.error)
  throw new SetupProblem({ zh: `simulation.yaml 有错：\n${why}`, en: `simulation.yaml is wrong:\n${why}` })
}
