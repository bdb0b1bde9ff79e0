import type { Day } from '@zhulian/kernel'
import { readPool } from '@zhulian/pool/files'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { LoadedPool } from '../../pools/index.ts'
import type { Hub } from '../../organisations/index.ts'
import { directoryOf } from './directory.ts'

const read = await readPool()
if (!read.ok) throw new Error('the pool does not compile')
const pool = new LoadedPool('of this test', read.pool.documents)

const hub = (id: string, kind: Hub['kind'], seat: string, townships: readonly string[]): Hub => ({
  id,
  kind,
  seat,
  name: { zh: `${id}助联体`, en: `${id} hub` },
  about: { zh: '示例', en: 'example' },
  townships: [...townships],
  provenance: ['I'],
})

const directory = directoryOf({
  pool,
  today: '2026-11-28' as Day,
  since: new Date('2026-11-01T00:00:00Z'),
  above: { province: '浙江省', city: '杭州市', district: '富阳区', postcode: '311400' },
  places: new Map([
    ['330111001', { name: '富春街道', township: '' }],
    ['330111116', { name: '胥口镇', township: '' }],
  ]),
  hubs: [hub('core', 'core', '330111001', ['330111001']), hub('far', 'special', '330111116', ['330111116'])],
  organisations: [
    {
      id: '0190a0a0-0000-7000-8000-000000000001',
      name: '示例社工站',
      purpose: '示例',
      legalStatus: 'social organisation',
      gives: [{ service: 'S-B2', area: ['330111116'], since: new Date('2026-11-20T00:00:00Z') }],
    },
  ],
})

const standard = JSON.parse(
  readFileSync(new URL('../../../../test/standards/hsds-3.0/schemas.json', import.meta.url), 'utf8'),
) as { roots: Record<string, string>; $defs: Record<string, unknown> }
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats(ajv)
ajv.addSchema({ $id: 'hsds', $defs: standard.$defs })

function faultsOf(name: string, things: readonly { readonly id: string }[]): string[] {
  const fits = ajv.compile({ $ref: `hsds#/$defs/${name}` })
  return things.flatMap(thing => {
    const isGood: unknown = fits(thing)
    return isGood ? [] : [`${thing.id}: ${ajv.errorsText(fits.errors)}`]
  })
}

describe('the directory that other houses read', () => {
  test('is what HSDS 3.0 publishes as services, organisations, places and terms', () => {
    expect(faultsOf('service', directory.services)).toEqual([])
    expect(faultsOf(standard.roots['organization'] ?? '', directory.organizations)).toEqual([])
    expect(faultsOf(standard.roots['service_at_location'] ?? '', directory.serviceAtLocations)).toEqual([])
    expect(faultsOf('taxonomy', directory.taxonomies)).toEqual([])
    expect(faultsOf('taxonomy_term', directory.terms)).toEqual([])
    expect(faultsOf('service', [{ id: 'not a uuid' }])).toHaveLength(1)
  })

  test('has every service of the pool and every policy in force once, each under an id of its own', () => {
    const { services, policies } = pool.documents
    expect(directory.services).toHaveLength(services.length + policies.length + 1)
    const ids = [
      ...directory.services,
      ...directory.organizations,
      ...directory.serviceAtLocations,
      ...directory.terms,
      ...directory.services.flatMap(s => [
        ...s.service_areas,
        ...s.cost_options,
        ...s.required_documents,
        ...s.attributes,
      ]),
    ].map(one => one.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('names the place of a service of the district at the core alone, and what an organisation gives where it gives it', () => {
    const placesOf = (id: string) =>
      directory.services.find(s => s.id === id)?.service_at_locations.map(l => l.location.external_identifier)
    const counselling = directory.services.filter(s => s.name === pool.service('S-B2')?.name.zh)
    expect(counselling.map(s => placesOf(s.id))).toEqual([['330111001'], ['330111116']])
    expect(counselling.map(s => s.last_modified.slice(0, 10))).toEqual(['2026-11-01', '2026-11-20'])
    const meals = directory.services.find(s => s.name === pool.service('S-A1')?.name.zh)
    expect(placesOf(meals?.id ?? '')).toEqual(['330111001', '330111116'])
  })

  test('says the rule in words and as it is written, and what is an example says so', () => {
    const dibao = directory.services.find(s => s.name === pool.policy('P01')?.name.zh)
    expect(dibao?.eligibility_rules[0]?.expression).toBe(pool.policy('P01')?.versions.at(-1)?.condition.trim())
    expect(dibao?.eligibility_description).toContain('低保标准')
    expect(dibao?.organization.legal_status).toBe('public body')
    const meals = directory.services.find(s => s.name === pool.service('S-A1')?.name.zh)
    expect(meals?.alert).toContain('示例')
  })
})
