import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { townshipOf } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { parse } from 'csv-parse/sync'
import { readConfig } from '../../platform/config.ts'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { Lying } from '../../platform/way.ts'
import type { registryContract } from './contract.ts'
import type { DivisionRow, RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()
type Kind = 'subdistrict' | 'town' | 'township' | 'community' | 'village'

export async function listDivisions(ctx: Ctx, _input: InputOf<(typeof registryContract)['GET /divisions']>) {
  const divisions = await registry(ctx)
    .selectFrom('registry.division')
    .select(['code', 'name', 'kind', 'parent'])
    .where('district', '=', ctx.district)
    .orderBy('code')
    .execute()
  return { district: ctx.district, divisions: divisions.map(d => ({ ...d, kind: d.kind as Kind })) }
}

/** Townships and villages with their names, by code. */
export async function placesOf(ctx: Ctx): Promise<ReadonlyMap<string, { name: string; township: string }>> {
  const rows = await registry(ctx)
    .selectFrom('registry.division')
    .selectAll()
    .where('district', '=', ctx.district)
    .execute()
  const names = new Map(rows.map(r => [r.code, r.name]))
  return new Map(rows.map(r => [r.code, { name: r.name, township: names.get(townshipOf(r.code) ?? '') ?? '' }]))
}

/** As a level is called in a line by itself; undefined where the district has no such place. */
export function levelName(
  { district }: Pick<Ctx, 'district'>,
  places: Awaited<ReturnType<typeof placesOf>>,
  division: string,
): string | undefined {
  if (division === district) return '全区'
  const place = places.get(division)
  return place && (division.length === 12 ? `${place.township}${place.name}` : place.name)
}

export interface PlacesAbove {
  readonly province: string
  readonly city: string
  readonly district: string
  readonly postcode: string
}

/** What stands above the townships of the district, as shipped; empty where nothing is. */
export async function placesAbove({ district }: Pick<Ctx, 'district'>): Promise<PlacesAbove> {
  const file = path.join(readConfig().shippedDir, 'divisions/above.csv')
  const rows = existsSync(file)
    ? (parse(await readFile(file, 'utf8'), { bom: true, columns: true }) as Record<string, string>[])
    : []
  const at = (code: string) => rows.find(row => row['code'] === code)
  return {
    province: at(`${district.slice(0, 2)}0000`)?.['name'] ?? '',
    city: at(`${district.slice(0, 4)}00`)?.['name'] ?? '',
    district: at(district)?.['name'] ?? district,
    postcode: at(district)?.['postcode'] ?? '',
  }
}

/** Loads what `data/divisions` ships; a name that changed is taken over, a code that is gone stays for old records. */
export async function loadDivisions(ctx: Ctx, folder: string): Promise<number> {
  const read = async (file: string) =>
    parse(await readFile(path.join(folder, file), 'utf8'), { bom: true, columns: true }) as Record<string, string>[]
  const [townships, villages] = await Promise.all([read('townships.csv'), read('villages.csv')])
  const rows = [...townships, ...villages]
    .filter(r => r['code']?.startsWith(ctx.district))
    .map(r => ({
      district: ctx.district,
      code: r['code'] ?? '',
      name: r['name'] ?? '',
      kind: r['kind'] ?? '',
      parent: r['township'] ?? ctx.district,
    }))
  await insertMany(
    ctx.transaction,
    'registry.division',
    { district: 'text', code: 'text', name: 'text', kind: 'text', parent: 'text' },
    rows,
    sql`on conflict (district, code) do update set name = excluded.name, kind = excluded.kind, parent = excluded.parent`,
  )
  await loadPositions(ctx, folder)
  return rows.length
}

export type Village = Pick<DivisionRow, 'code' | 'name' | 'lon' | 'lat' | 'ground' | 'position_provenance'>

/** The villages of a township with where they lie, by code. */
export const villagesIn = (ctx: Ctx, township: string): Promise<Village[]> =>
  registry(ctx)
    .selectFrom('registry.division')
    .select(['code', 'name', 'lon', 'lat', 'ground', 'position_provenance'])
    .where('district', '=', ctx.district)
    .where('parent', '=', township)
    .orderBy('code')
    .execute()

/** Where villages lie, and the middle of those of each township, by code; as far as the district says. */
export async function positionsOf(ctx: Ctx): Promise<{ at: ReadonlyMap<string, Lying>; illustrative: boolean }> {
  const rows = await registry(ctx)
    .selectFrom('registry.division')
    .select(['code', 'parent', 'lon', 'lat', 'ground', 'position_provenance'])
    .where('district', '=', ctx.district)
    .where('lon', 'is not', null)
    .execute()
  const there = rows.flatMap(({ lon, lat, ...row }) => (lon === null || lat === null ? [] : [{ ...row, lon, lat }]))
  const at = new Map<string, Lying>(there.map(({ code, lon, lat, ground }) => [code, { lon, lat, ground }]))
  for (const [township, villages] of Map.groupBy(there, row => row.parent)) {
    const mean = (of: (row: (typeof there)[number]) => number) =>
      villages.reduce((sum, row) => sum + of(row), 0) / villages.length
    const hills = villages.filter(row => row.ground === 'hills').length
    at.set(township, {
      lon: mean(row => row.lon),
      lat: mean(row => row.lat),
      ground: hills * 2 > villages.length ? 'hills' : 'plain',
    })
  }
  return { at, illustrative: there.some(row => row.position_provenance === 'I') }
}

/** Where villages lie, as far as the district says; a place that is taken out of the file is forgotten. */
async function loadPositions(ctx: Ctx, folder: string): Promise<void> {
  const file = path.join(folder, 'positions.csv')
  const read = existsSync(file)
    ? (parse(await readFile(file, 'utf8'), { bom: true, columns: true }) as Record<string, string>[])
    : []
  await sql`update registry.division d
      set lon = p.lon, lat = p.lat, ground = p.ground, position_provenance = p.provenance
     from registry.division known
     left join jsonb_to_recordset(${JSON.stringify(read)}::text::jsonb)
       as p (code text, lon double precision, lat double precision, ground text, provenance text) on p.code = known.code
    where d.district = ${ctx.district} and known.district = d.district and known.code = d.code
      and (d.lon, d.lat, d.ground, d.position_provenance) is distinct from (p.lon, p.lat, p.ground, p.provenance)`.execute(
    ctx.transaction,
  )
}
