import { addDays, type Day, type Id } from '@zhulian/kernel'
import type { Judgement } from '@zhulian/rules'
import { type Kept, type NewReceipt, resultsOf } from '../../server/src/modules/entitlements/index.ts'
import type { Random } from './random.ts'

/** Benefits of whose payments a district is told each month. */
const told = ['P02', 'P05', 'P08', 'P09', 'P10', 'P12', 'P13', 'P17', 'P22', 'P23'] as const
/**
 * Who lacks one benefit lacks others too: a few families nobody ever helped to ask, and among the rest somebody now and then. It
 * comes to 95 to 97 of a hundred entitlements taken up, and one household in twenty that lacks one.
 */
const outOfTouch = 0.045
const claimed = { inTouch: 0.992, outOfTouch: 0.2 }
/** Of those who are not entitled so few receive all the same: a certificate that ran out, a move nobody told of. */
const overtaken: Readonly<Record<string, number>> = { P10: 0.0002, P12: 0.0005, P13: 0.0005 }

interface Home {
  readonly household: Id
  readonly division: string
  readonly members: readonly Id[]
  /** Nobody helped this family to ask; left to chance when it is not said. */
  readonly isOutOfTouch?: boolean
}

/** What a made-up family receives, by what the rules say of it. */
export function receiptsOf(random: Random, home: Home, judgement: Judgement, today: Day): NewReceipt[] {
  const { persons } = resultsOf(judgement)
  const isOutOfTouch = random.chance(outOfTouch) || home.isOutOfTouch === true
  const usual = isOutOfTouch ? claimed.outOfTouch : claimed.inTouch
  return home.members.flatMap(person =>
    told.flatMap(policy => {
      const kept = persons[person]?.[policy]
      const share = isSure(kept, persons[person]) ? usual : kept === undefined ? (overtaken[policy] ?? 0) : 0
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

/** Nothing that hangs on a tier nobody has granted; a benefit of one person alone grants it to that person. */
const isSure = (kept: Kept | undefined, own: Readonly<Record<string, Kept>> = {}): boolean =>
  kept?.verdict === 'eligible' &&
  (kept.conditionalOn === undefined || ['P02', 'P05'].some(policy => own[policy]?.verdict === 'eligible'))
