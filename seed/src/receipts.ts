import { addDays, type Day, type Id } from '@zhulian/kernel'
import type { Judgement } from '@zhulian/rules'
import { type Kept, type NewReceipt, resultsOf } from '../../server/src/modules/entitlements/index.ts'
import type { Random } from './random.ts'

/** Benefits of whose payments a district is told each month. */
const told = ['P02', 'P05', 'P08', 'P09', 'P10', 'P12', 'P13', 'P17', 'P22', 'P23'] as const
/** Of a hundred who are entitled so many receive: the others are for the guides to find. */
const claimed: Readonly<Record<string, number>> = { P10: 0.86, P12: 0.94, P13: 0.93, P17: 0.9, P22: 0.9, P23: 0.92 }
const usual = 0.97
/** Of those who are not entitled so few receive all the same: a certificate that ran out, a move nobody told of. */
const overtaken: Readonly<Record<string, number>> = { P10: 0.0006, P12: 0.0015, P13: 0.0015 }

interface Home {
  readonly household: Id
  readonly division: string
  readonly members: readonly Id[]
}

/** What a made-up family receives, by what the rules say of it. */
export function receiptsOf(random: Random, home: Home, judgement: Judgement, today: Day): NewReceipt[] {
  const { persons } = resultsOf(judgement)
  return home.members.flatMap(person =>
    told.flatMap(policy => {
      const kept = persons[person]?.[policy]
      const share = isSure(kept) ? (claimed[policy] ?? usual) : kept === undefined ? (overtaken[policy] ?? 0) : 0
      if (!random.chance(share)) return []
      const fromOn = addDays(today, -random.int(40, 1500))
      return [
        {
          household: home.household,
          person,
          division: home.division,
          policy,
          fromOn,
          amount: kept?.amount,
          period: kept?.period ?? 'month',
          origin: '发放名册',
          asOf: addDays(today, -random.int(3, 28)),
        } satisfies NewReceipt,
      ]
    }),
  )
}

/** Nothing that hangs on a tier nobody has granted. */
const isSure = (kept: Kept | undefined): boolean => kept?.verdict === 'eligible' && kept.conditionalOn === undefined
