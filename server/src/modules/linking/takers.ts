import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import type { Lying } from '../../platform/way.ts'
import { freePlaces } from '../projects/index.ts'
import { placesOf } from '../registry/index.ts'
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

/** What the levels in reach have, each for needs that its own level holds; and running projects, for needs of where they work. */
export async function takersFor(ctx: Ctx, at: ReadonlyMap<string, Lying>): Promise<NamedTaker[]> {
  const names = await placesOf(ctx)
  const placeOf = (code: string) => {
    const place = names.get(code)
    return code === ctx.district
      ? '全区'
      : place
        ? code.length === 12
          ? `${place.township}${place.name}`
          : place.name
        : code
  }
  const resources = (await resourcesToLink(ctx)).map(
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
    }),
  )
  const projects = (await freePlaces(ctx, {})).map(
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
    }),
  )
  return [...resources, ...projects]
}
