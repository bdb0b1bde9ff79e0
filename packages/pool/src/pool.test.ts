import { describe, expect, it } from 'vitest'
import { readFiles, shippedData } from './files.ts'
import { compilePool, problemLine, type DataFile } from './pool.ts'

const { files } = await readFiles(shippedData)

/** The shipped files, one of them changed. */
const changed = (path: string, change: (content: never) => void): readonly DataFile[] =>
  files.map(file => {
    if (file.path !== path) return file
    const content = structuredClone(file.content)
    change(content as never)
    return { path, content }
  })

type Rows = { rows: { from: string; until?: string; provenance: string[] }[] }[]
type Policy = {
  slug: string
  unit: string
  versions: { from: string; provenance?: string[]; benefit: Record<string, unknown> }[]
}
type Named = { id: string; name: string; versions?: unknown[] }[]

describe('files that cannot be right are refused, with the place', () => {
  it.each<[string, string, (content: never) => void, string]>([
    [
      'versions of a policy out of order',
      'policies/student-loan/policy.yaml',
      (c: Policy) => c.versions.reverse(),
      'policies/student-loan/policy.yaml versions[1].from: Versions stand in the order of their days',
    ],
    [
      'versions of a formula out of order',
      'facts/derived.yaml',
      (c: Named) => c.find(d => d.name === 'household.rigidExpenditure12m')?.versions?.reverse(),
      'facts/derived.yaml household.rigidExpenditure12m versions[1].from: Versions stand in the order of their days',
    ],
    [
      'rows of a figure out of order',
      'parameters.yaml',
      (c: Rows) => c[0]?.rows.reverse(),
      'parameters.yaml dibaoStandard rows.1: Rows stand in the order of their days',
    ],
    [
      'a row that ends after the next began',
      'parameters.yaml',
      (c: Rows) => Object.assign(c[0]?.rows[0] ?? {}, { until: '2021-06-01' }),
      'parameters.yaml dibaoStandard rows.1: Rows may not overlap',
    ],
    [
      'a rule without provenance',
      'policies/training/policy.yaml',
      (c: Policy) => delete c.versions[0]?.provenance,
      'policies/training/policy.yaml versions 0.provenance: Wrong form',
    ],
    [
      'a figure with a tag nobody knows',
      'parameters.yaml',
      (c: Rows) => Object.assign(c[0]?.rows[0] ?? {}, { provenance: ['S4'] }),
      'parameters.yaml dibaoStandard rows.0.provenance.0: Wrong form: not a provenance tag',
    ],
    [
      'a policy of no unit',
      'policies/training/policy.yaml',
      (c: Policy) => (c.unit = 'nobody'),
      'policies/training/policy.yaml unit: There is no unit "nobody"',
    ],
    [
      'a policy in the folder of another',
      'policies/training/policy.yaml',
      (c: Policy) => (c.slug = 'tekun'),
      'policies/training/policy.yaml slug: The slug is the name of its file: training',
    ],
    [
      'a service in the file of another',
      'services/tutoring.yaml',
      (c: Policy) => (c.slug = 'mediation'),
      'services/tutoring.yaml slug: The slug is the name of its file: tutoring',
    ],
    [
      'a unit twice',
      'units.yaml',
      (c: Named) => Object.assign(c[1] ?? {}, { id: c[0]?.id }),
      'units.yaml: "civil-affairs" stands twice',
    ],
    [
      'an amount that would never be shown',
      'policies/training/policy.yaml',
      (c: Policy) => Object.assign(c.versions[0]?.benefit ?? {}, { amount: '1000' }),
      'policies/training/policy.yaml versions 0.benefit: Wrong form: an amount without a period is never shown',
    ],
    [
      'a lower bound of nothing',
      'policies/training/policy.yaml',
      (c: Policy) => Object.assign(c.versions[0]?.benefit ?? {}, { atLeast: '1000' }),
      'policies/training/policy.yaml versions 0.benefit: Wrong form: a lower bound stands beside an amount',
    ],
  ])('%s', async (_, path, change, expected) => {
    const read = await compilePool(changed(path, change))
    const lines = read.ok ? [] : read.problems.map(p => problemLine(p, 'en'))
    expect(lines.some(line => line.startsWith(expected)) ? expected : lines).toBe(expected)
  })
})
