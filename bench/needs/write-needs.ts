import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { App } from '../../server/src/app.ts'
import { getHousehold } from '../../server/src/modules/registry/index.ts'
import { writeNeed } from '../../server/src/modules/wishes/index.ts'

/** What was written here, beside what a made-up district has of its own. */
const ours = sql`told_by::text = current_setting('app.actor', true)`

/** So many open needs, each of another household while there are enough, at every place of the board; a third of each place urgent. */
export async function writeNeeds(app: App, open: number): Promise<void> {
  const homes = await app.asMachine(
    async ctx => (await sql<{ id: Id }>`select id from registry.household order by id`.execute(ctx.transaction)).rows,
  )
  for (let from = 0; from < open; from += 250)
    await app.asMachine(async ctx => {
      for (let i = from; i < Math.min(open, from + 250); i++) {
        // Over all villages, however the households came.
        const home = homes[(i * 7) % homes.length]
        if (home) await writeNeed(ctx, await getHousehold(ctx, home.id), { words: `想要的第${i}样`, origin: 'guide' })
      }
    })
  await app.asMachine(async ctx => {
    await sql`update wishes.need n set state = s.state, level = s.level, urgent = s.n / 6 % 3 = 0,
        due_on = ${ctx.today}::date + (s.n % 9)::int - 3, kind = 'wish'
      from (select id, n, (array['submitted', 'acceptedVillage', 'escalatedTownship', 'screened', 'inWishPool', 'matched'])[1 + n % 6] as state,
          (array['village', 'village', 'township', 'district', 'district', 'district'])[1 + n % 6] as level
        from (select id, row_number() over (order by id) as n from wishes.need where ${ours} and state = 'submitted') as told) s
      where n.id = s.id`.execute(ctx.transaction)
    // As many steps as a need has that was taken up, linked and begun.
    await sql`insert into wishes.need_step (district, id, need_id, turn, division, careful, step, from_state, to_state, from_level, to_level,
        at, on_day, by_id, by_name, by_role)
      select n.district, gen_random_uuid(), n.id, 10 + s.turn, n.division, n.careful, s.step, 'submitted', 'submitted', n.level, n.level,
             n.told_at + make_interval(days => s.turn), n.told_on, current_setting('app.actor')::uuid, '', 'machine'
        from wishes.need n cross join (values (1, 'accept'), (2, 'match'), (3, 'start')) as s(turn, step)
       where ${ours}`.execute(ctx.transaction)
  })
  // As the database does by itself within a minute.
  await app.installation.database.owner.query('analyze')
}
