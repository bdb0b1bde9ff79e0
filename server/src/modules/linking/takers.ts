import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import type { Lying } from '../../platform/way.ts'
import { freePlaces } from '../projects/index.ts'
import { levelName, placesOf } from '../registry/index.ts'
import { resourcesToLink } from '../wishes/index.ts'
import type { Taker } from './placing.ts'

/** A taker as it is shown. */
export interface NamedTaker extends Taker {
  readonly id: Id
  readonly name: string
  readonly place: string
}

export const takerKeyOf = ({ kind, id }: { readonly kind: Taker['kind']; readonly id: string }): string =>
  `${kind}:${id}`

export const takerShown = ({ kind, id, name, place, places, free }: NamedTaker) => ({
  kind,
  id,
  name,
  place,
  places,
  free,
})

/** What the levels that hold these needs have, each for its own; and running projects, for needs of where they work. */
export async function takersFor(
  ctx: Ctx,
  at: ReadonlyMap<string, Lying>,
  needs: readonly { readonly shelf: string }[],
): Promise<NamedTaker[]> {
  const names = await placesOf(ctx)
  const placeOf = (code: string) => levelName(ctx, names, code) ?? code
  const shelves = [...new Set(needs.map(need => need.shelf))]
  const resources = (await resourcesToLink(ctx, shelves)).map(
    ({ id, name, division, items, places, free }): NamedTaker => ({
      key: takerKeyOf({ kind: 'resource', id }),
      kind: 'resource',
      id,
      name,
      place: placeOf(division),
      items,
      places,
      free,
      serves: need => need.shelf === division,
      at: at.get(division) ?? null,
      about: `${division} ${items.join()}`,
    }),
  )
  // In an order that stays as places are given.
  const running = (await freePlaces(ctx, {})).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const projects = running.map(
    ({ id, name, services, area, places, free, waiting }): NamedTaker => ({
      key: takerKeyOf({ kind: 'project', id }),
      kind: 'project',
      id,
      name,
      place: area.map(placeOf).join('、'),
      items: services,
      places,
      // Those who wait go first.
      free: Math.max(0, free - waiting),
      serves: need => area.some(code => need.division.startsWith(code)),
      at: area.length === 1 ? (at.get(area[0] ?? '') ?? null) : null,
      about: `${area.join()} ${services.join()}`,
    }),
  )
  return [...resources, ...projects]
}
