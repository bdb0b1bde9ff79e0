import { wordsSchema, z } from '@zhulian/kernel/contract'
import type { Words } from '@zhulian/kernel'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { readConfig } from '../../platform/config.ts'
import { SetupProblem } from '../../platform/setup-problem.ts'
import { brands, brandWords } from './project.ts'
import { type FundKind, fundKinds } from './tables.ts'

const fundForm = z.strictObject({
  id: z.string().regex(/^F\d\d$/),
  kind: z.enum(fundKinds),
  name: z.string().min(2).max(60),
  purpose: z.enum(brands),
  /** In 10,000 yuan. */
  committed: z.number().positive(),
  provenance: z.array(z.string()).min(1),
})
const fundsForm = z.strictObject({ funds: z.array(fundForm) })
export type Fund = z.output<typeof fundForm>

const sizeForm = z.strictObject({
  /** Households with the same need from which a project is worth designing. */
  least: z.number().int().positive(),
  provenance: z.array(z.string()).min(1),
  services: z.record(
    z.string(),
    z.strictObject({
      units: z.number().int().positive(),
      brand: z.enum(brands),
      /** How success is counted. */
      indicator: wordsSchema.optional(),
    }),
  ),
})
export type Sizes = z.output<typeof sizeForm>

const spendingForm = z.strictObject({
  /** Yuan from which on a second person confirms. */
  secondFrom: z.number().positive(),
  provenance: z.array(z.string()).min(1),
})

let funds: Promise<readonly Fund[]> | undefined
let sizes: Promise<Sizes> | undefined
let spending: Promise<z.output<typeof spendingForm>> | undefined

/** Funds a project may be paid from. @throws SetupProblem when the file is wrong */
export const fundsOf = (): Promise<readonly Fund[]> =>
  (funds ??= readProjectsFile('funds.yaml', fundsForm).then(read => read.funds))

/** How much of a service one place usually takes. @throws SetupProblem when the file is wrong */
export const sizesOf = (): Promise<Sizes> => (sizes ??= readProjectsFile('sizes.yaml', sizeForm))

/** From which sum on what was paid counts only when another has confirmed it. @throws SetupProblem when the file is wrong */
export const secondFromFen = async (): Promise<number> =>
  Math.round((await (spending ??= readProjectsFile('spending.yaml', spendingForm))).secondFrom * 100)

export const fundKindWords: Readonly<Record<FundKind, Words>> = {
  enterprise: { zh: '企业冠名', en: 'Named by a firm' },
  institution: { zh: '机构冠名', en: 'Named by an institution' },
  personal: { zh: '个人捐赠', en: 'Given by a person' },
  trust: { zh: '慈善信托', en: 'Charitable trust' },
}

export async function listFunds() {
  const all = await fundsOf()
  return {
    funds: all.map(({ id, name, kind, purpose }) => ({
      id,
      name,
      kind,
      kindWords: fundKindWords[kind],
      purpose,
      purposeWords: brandWords[purpose],
    })),
  }
}

export async function readProjectsFile<T>(name: string, wanted: z.ZodType<T>): Promise<T> {
  const file = path.join(readConfig().shippedDir, 'projects', name)
  const checked = wanted.safeParse(parse(await readFile(file, 'utf8')))
  if (checked.success) return checked.data
  const why = z.prettifyError(checked.error)
  throw new SetupProblem({ zh: `projects/${name} 有错：\n${why}`, en: `projects/${name} is wrong:\n${why}` })
}
