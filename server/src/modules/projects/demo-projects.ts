import { z } from '@zhulian/kernel/contract'
import { brands, projectStates } from './project.ts'
import { readProjectsFile } from './funds.ts'

const form = z.strictObject({
  /** Only to be pointed at from below. */
  texts: z.record(z.string(), z.string()),
  projects: z.array(
    z.strictObject({
      name: z.string(),
      brand: z.enum(brands),
      purpose: z.string(),
      what: z.string(),
      for: z.string(),
      limits: z.string(),
      safeguarding: z.string(),
      items: z.array(
        z.strictObject({
          service: z.string(),
          /** For one place. */
          units: z.number().int().positive(),
          yuan: z.number().positive().optional(),
        }),
      ),
      places: z.number().int().positive(),
      area: z.array(z.coerce.string()),
      rule: z.string().optional(),
      indicators: z.array(
        z.strictObject({ words: z.string(), target: z.number(), unit: z.string(), measured: z.string() }),
      ),
      fund: z.string(),
      organisation: z.strictObject({ name: z.string(), number: z.number().int().optional() }).optional(),
      /** Months before today, and for how many. */
      began: z.number().int().min(0),
      months: z.number().int().positive(),
      state: z.enum(projectStates),
      provenance: z.array(z.string()),
    }),
  ),
})
export type DemoProject = z.output<typeof form>['projects'][number]

/** The projects of the made-up district. @throws SetupProblem when the file is wrong */
export const demoProjects = async (): Promise<readonly DemoProject[]> =>
  (await readProjectsFile('demo.yaml', form)).projects
