import type { Day, Id } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { nextActs, type OpenMatters } from './next-acts.ts'

const today = '2021-09-26' as Day
const nothing: OpenMatters = {
  today,
  needs: [],
  alerts: [],
  slips: [],
  unclaimed: [],
  visit: null,
  reviewOn: null,
  ending: [],
  undecided: false,
}
const need = { id: 'n1' as Id, number: 'XQ-1', urgent: false, state: 'acceptedVillage', dueOn: '2021-09-20' as Day }
const words = (zh: string) => ({ zh, en: zh })
const kinds = (open: Partial<OpenMatters>, most?: number) => nextActs({ ...nothing, ...open }, most).map(a => a.kind)

describe('what is best done next', () => {
  it('is nothing where nothing lies open', () => expect(kinds({})).toEqual([]))

  it('is what is urgent, then what is late, then what the family is missing', () =>
    expect(
      kinds(
        {
          undecided: true,
          unclaimed: [{ id: 'f' as Id, name: words('水费'), aYear: 50 }],
          visit: { dueOn: '2021-09-01' as Day, lastOn: null },
          needs: [need, { ...need, id: 'n2' as Id, urgent: true, state: 'submitted', dueOn: null }],
          alerts: [{ id: 'a' as Id, name: words('失业'), level: 'red' }],
        },
        9,
      ),
    ).toEqual(['urgentNeed', 'alert', 'lateNeed', 'visit', 'unclaimed', 'undecided']))

  it('does not say that nobody was there: there may be visits that who asks does not read', () => {
    const [visit] = nextActs({ ...nothing, visit: { dueOn: '2021-09-20' as Day, lastOn: null } })
    expect(visit?.because).toEqual({
      zh: '2021-09-20该去，还没有您能看到的走访',
      en: 'due on 2021-09-20; no visit yet that you can see',
    })
  })

  it('names three at most, and of each kind the one that weighs most', () => {
    const acts = nextActs({
      ...nothing,
      needs: [need, { ...need, id: 'older' as Id, dueOn: '2021-07-01' as Day }],
      unclaimed: [
        { id: 'small' as Id, name: words('水费'), aYear: 50 },
        { id: 'large' as Id, name: words('低保'), aYear: 12_000 },
      ],
      undecided: true,
      reviewOn: '2021-10-31' as Day,
    })
    expect(acts.map(a => a.to.id)).toEqual(['older', null, 'large'])
    expect(acts[0]?.because.zh).toBe('2021-07-01该有结果，已超过87天')
  })

  it.each([
    ['a need due today is not late', { needs: [{ ...need, dueOn: today }] }, []],
    ['a need due yesterday is', { needs: [{ ...need, dueOn: '2021-09-25' as Day }] }, ['lateNeed']],
    ['a visit in fourteen days is near', { visit: { dueOn: '2021-10-10' as Day, lastOn: null } }, ['visit']],
    ['a visit in fifteen days is not', { visit: { dueOn: '2021-10-11' as Day, lastOn: null } }, []],
    ['a review in sixty days is near', { reviewOn: '2021-11-25' as Day }, ['review']],
    ['a review in sixty-one days is not', { reviewOn: '2021-11-26' as Day }, []],
    ['a yellow alert is not among them', { alerts: [{ id: 'a' as Id, name: words('失业'), level: 'yellow' }] }, []],
    ['what is said to be done waits for the family', { needs: [{ ...need, state: 'delivered' }] }, ['confirm']],
  ] as const)('%s', (_, open, expected) => expect(kinds(open as Partial<OpenMatters>)).toEqual(expected))
})
