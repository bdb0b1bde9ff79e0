import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import { cardOf, shownCard } from './check-card.ts'
import { type projectsContract, projectNotFound } from './contract.ts'
import { projects } from './kept-project.ts'
import { countIn } from './places.ts'
import { brandWords } from './project.ts'
import { serviceOf } from './read-projects.ts'

type Route = (typeof projectsContract)['GET /projects/:projectId/code']
type Code = AnswerOf<Route>

const shown = ['callOpen', 'contracted', 'running'] as const

/**
 * 幸福码 of a project, from the call on and as long as it runs: what it does in words that a person read before, and until then only what is
 * coded. It stands for no family.
 */
export async function readProjectCode(ctx: Ctx, { params }: InputOf<Route>): Promise<Code> {
  const row = await asMachine(ctx, machine =>
    projects(machine)
      .selectFrom('projects.project')
      .selectAll()
      .where('district', '=', machine.district)
      .where('id', '=', params.projectId)
      .where('state', 'in', shown)
      .where('until_on', '>=', machine.today)
      .executeTakeFirst(),
  )
  if (!row) throw projectNotFound()
  const [pool, places] = [await currentPool(ctx), await placesOf(ctx)]
  const card = shownCard(row, await asMachine(ctx, machine => cardOf(machine, row.id)))
  const { placed } = (await countIn(ctx, [row.id]))(row.id)
  return {
    id: row.id,
    number: row.number,
    brand: brandWords[row.brand],
    card: card ?? null,
    services: row.services.map(id => serviceOf(pool, id)),
    area: row.area.flatMap(code => (code === ctx.district ? [] : (places.get(code)?.name ?? code))),
    fromOn: row.from_on,
    untilOn: row.until_on,
    // Who is named before the contract is not told to everybody; a name that somebody typed was read with the rest.
    organisation: row.state === 'callOpen' || (row.organisation_id === null && !card) ? null : row.organisation_name,
    state: row.state as Code['state'],
    places: row.places,
    free: row.state === 'running' ? Math.max(0, row.places - placed) : 0,
    isExample: row.made_up,
  }
}
