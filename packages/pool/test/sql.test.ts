import { day } from '@zhulian/kernel'
import { sqlOfAll } from '@zhulian/rules'
import { expect, it } from 'vitest'
import { readPool } from '../src/files.ts'

const dates = (pool: { readonly documents: unknown }) => [
  ...new Set(
    [...JSON.stringify(pool.documents).matchAll(/"(?:from|until)":"(\d{4}-\d\d-\d\d)"/g)].map(([, date]) => date ?? ''),
  ),
]

it.each([false, true])(
  'every policy, service, circle and class can be said in SQL, on every day on which something changes (literal: %s)',
  async literal => {
    const read = await readPool(undefined, { literal })
    if (!read.ok) throw new Error(read.problems.map(p => p.words.en).join('\n'))
    const { pool } = read
    expect(pool.policies.length).toBeGreaterThanOrEqual(45)
    expect(pool.services.length).toBeGreaterThanOrEqual(17)
    const ids = [
      ...[...pool.policies, ...pool.services].map(rule => rule.id),
      ...pool.circle.lines.map((_, i) => `circle/${i}`),
      ...pool.classes.map((_, i) => `class/${i}`),
      ...pool.primary.map((_, i) => `primary/${i}`),
    ]
    const days = dates(pool)
    expect(days.length).toBeGreaterThan(20)
    for (const on of days) {
      const { household, person, refused } = sqlOfAll(pool, ids, day(on))
      expect([on, refused]).toEqual([on, []])
      expect(household.columns.length + person.columns.length).toBe(ids.length)
    }
  },
)
