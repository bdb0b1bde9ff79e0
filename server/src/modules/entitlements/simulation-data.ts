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

const mapForm = z.object({
  note: wordsSchema,
  columns: z.number().int().positive(),
  rows: z.number().int().positive(),
  tile: z.object({ width: z.number().positive(), height: z.number().positive(), gap: z.number().min(0) }),
  river: z
    .object({
      name: wordsSchema,
      width: z.number().positive(),
      path: z.string().regex(/^[MCLQ\d\s.,-]+$/i),
      label: z.object({ x: z.number(), y: z.number() }),
    })
    .optional(),
  tiles: z.array(
    z.object({ code: z.string(), name: z.string(), column: z.number().int().min(0), row: z.number().int().min(0) }),
  ),
})
export type SchematicMap = z.output<typeof mapForm>

let read: Promise<SimulationData> | undefined
let drawn: Promise<SchematicMap> | undefined

/** What the district puts on sliders and what money it has. @throws SetupProblem when the file is wrong */
export const simulationData = (): Promise<SimulationData> => (read ??= load('simulation.yaml', form))

/** One tile a township, in reading order. @throws SetupProblem when the file is wrong */
export const schematicMap = (): Promise<SchematicMap> => (drawn ??= load('divisions/map.yaml', mapForm))

async function load<T>(name: string, wanted: z.ZodType<T>): Promise<T> {
  const file = path.join(readConfig().shippedDir, name)
  const checked = wanted.safeParse(parse(await readFile(file, 'utf8')))
  if (checked.success) return checked.data
  const why = z.prettifyError(checked.error)
  throw new SetupProblem({ zh: `${name} 有错：\n${why}`, en: `${name} is wrong:\n${why}` })
}
