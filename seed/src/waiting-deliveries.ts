import { addMonths } from '@zhulian/kernel'
import type { WaitingDelivery } from '../../server/src/modules/feeds/index.ts'
import { listedPeople, madeUpDelivery } from './deliveries.ts'
import type { DistrictOptions } from './district.ts'

/** So many are enough to find people of the places below among. */
const mostPeople = 6000
/** Where the named guides and clerks work. */
const places = new Set(['常绿镇', '湖源乡', '场口镇'])

/**
 * What two bureaus have sent: the week's newly unemployed, with rows to mend, and deaths that an officer wants released and a second
 * person has not looked at yet. The families that the journeys tell of are in neither.
 */
export function waitingDeliveries({ people = mostPeople, seed, today }: DistrictOptions): WaitingDelivery[] {
  const listed = listedPeople({ people: Math.min(people, mostPeople), today, ...(seed && { seed }) })
  const near = listed.filter(p => !p.isKnown && places.has(p.township))
  const born = (age: number) => addMonths(today, -12 * age)
  const atWork = near.filter(p => p.birthDate < born(20) && p.birthDate > born(55)).slice(0, 48)
  const old = near.filter(p => p.birthDate < born(72)).slice(0, 5)
  const rowsOf = (source: string, about: typeof near, faults: number) =>
    [...madeUpDelivery(source, about, { today, rows: about.length, faults })].map(row => row.cells)
  return [
    {
      source: 'unemployment',
      name: '本周新增失业登记.csv',
      rows: rowsOf('unemployment', atWork, 0.17),
      isAsked: false,
    },
    { source: 'death', name: '死亡和火化登记.csv', rows: rowsOf('death', old, 0), isAsked: true },
  ]
}
