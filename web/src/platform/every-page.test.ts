import { expect, it } from 'vitest'
import { everyPage } from './every-page.ts'

/** A list of so many, a hundred a page. */
const listOf = (n: number) => {
  const asked: (string | undefined)[] = []
  const read = ({ limit, after }: { readonly limit: number; readonly after?: string }) => {
    asked.push(after)
    const from = Number(after ?? 0)
    const items = Array.from({ length: Math.min(limit, n - from) }, (_, i) => from + i)
    return Promise.resolve({ items, next: from + limit < n ? String(from + limit) : null, total: n })
  }
  return { asked, read }
}

it('reads a list to its end, in order, and keeps what else the answer says', async () => {
  const { asked, read } = listOf(250)
  const whole = await everyPage(read)
  expect(whole.items).toEqual(Array.from({ length: 250 }, (_, i) => i))
  expect(whole).toMatchObject({ next: null, total: 250 })
  expect(asked).toEqual([undefined, '100', '200'])
})

it('asks once where there is one page', async () => {
  const { asked, read } = listOf(100)
  expect((await everyPage(read)).items).toHaveLength(100)
  expect(asked).toEqual([undefined])
})

it('of a list that is longer than anybody reads says that there is more', async () => {
  const whole = await everyPage(listOf(2_001).read)
  expect(whole.items).toHaveLength(2_000)
  expect(whole.next).toBe('2000')
})
