import { addMonths, type Day, type Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { hideSmall } from '../../platform/hide-small.ts'
import type { Source } from './tables.ts'

interface MinorsOfYear {
  /** Of children in the registry on the last day: under 6, 6 to 13, 14 to 17; null where few could point at one. */
  readonly ages: readonly (number | null)[]
  readonly children: number
  /** Households they live in. */
  readonly households: readonly Id[]
  /** What was written down of them in that time, by where it came from. */
  readonly statements: readonly { readonly source: Source; readonly n: number }[]
  /** Approvals by which somebody in the field may open records of children. */
  readonly grants: {
    readonly given: number
    readonly takenBack: number
    readonly ranOut: number
    readonly standing: number
    readonly readers: number
  }
}

/** What is held of children and who may open it, in sums. @param from the first instant @param until the first instant after */
export async function minorsInYear(
  ctx: Ctx,
  { from, until, lastOn }: { readonly from: Date; readonly until: Date; readonly lastOn: Day },
): Promise<MinorsOfYear> {
  return await asMachine(ctx, async machine => {
    const born = [0, 6, 14, 18].map(years => addMonths(lastOn, -12 * years))
    const [now, sixAgo, fourteenAgo, eighteenAgo] = born
    const { rows: ages } = await sql<{ small: number; middle: number; big: number; households: Id[] }>`
      select count(*) filter (where birth_date > ${sixAgo}::date)::int as small,
        count(*) filter (where birth_date <= ${sixAgo}::date and birth_date > ${fourteenAgo}::date)::int as middle,
        count(*) filter (where birth_date <= ${fourteenAgo}::date)::int as big,
        coalesce(array_agg(distinct household_id), '{}') as households
      from registry.person_shown
      where district = ${ctx.district} and withdrawn_at is null and household_id is not null
        and birth_date > ${eighteenAgo}::date and birth_date <= ${now}::date`.execute(machine.transaction)
    const { rows: statements } = await sql<{ source: Source; n: number }>`
      select source, count(*)::int as n from registry.statement
      where district = ${ctx.district} and minor_until is not null and recorded_at >= ${from} and recorded_at < ${until}
      group by source order by source`.execute(machine.transaction)
    const { rows: grants } = await sql<MinorsOfYear['grants']>`
      select count(*) filter (where granted_at >= ${from} and granted_at < ${until})::int as given,
        count(*) filter (where ended_at >= ${from} and ended_at < ${until})::int as "takenBack",
        count(*) filter (where ended_at is null and until_on <= ${lastOn}::date
          and until_on >= (${from}::timestamptz at time zone 'Asia/Shanghai')::date)::int as "ranOut",
        count(*) filter (where granted_at < ${until} and (ended_at is null or ended_at >= ${until}) and until_on > ${lastOn}::date)::int as standing,
        count(distinct reader_id) filter (where granted_at < ${until} and (ended_at is null or ended_at >= ${until})
          and until_on > ${lastOn}::date)::int as readers
      from registry.minor_grant where district = ${ctx.district}`.execute(machine.transaction)
    const { small = 0, middle = 0, big = 0, households = [] } = ages[0] ?? {}
    return {
      ages: hideSmall([small, middle, big]),
      children: small + middle + big,
      households,
      statements,
      grants: grants[0] ?? { given: 0, takenBack: 0, ranOut: 0, standing: 0, readers: 0 },
    }
  })
}
