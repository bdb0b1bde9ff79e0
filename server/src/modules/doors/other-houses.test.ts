import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

interface Page {
  readonly total_items: number
  readonly total_pages: number
  readonly page_number: number
  readonly size: number
  readonly first_page: boolean
  readonly last_page: boolean
  readonly empty: boolean
  readonly contents: readonly { readonly id: string; readonly [key: string]: unknown }[]
}

describe('the directory over HTTP (HSDS 3.0)', () => {
  const ask = async (path: string) => await fetch(`${house.url}/api/hsds${path}`)
  const page = async (path: string) => (await (await ask(path)).json()) as Page

  test('says what it is, to anyone, and pages of any house may read it', async () => {
    const answer = await ask('')
    expect(await answer.json()).toMatchObject({ version: '3.0' })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect((await fetch(`${house.url}/api/session`)).headers.has('access-control-allow-origin')).toBe(false)
  })

  test('comes page by page, and a page past the end is empty', async () => {
    const first = await page('/services?per_page=7')
    expect(first).toMatchObject({ page_number: 1, size: 7, first_page: true, last_page: false, empty: false })
    const ids: string[] = []
    for (let n = 1; n <= first.total_pages; n++)
      ids.push(...(await page(`/services?per_page=7&page=${n}`)).contents.map(one => one.id))
    expect(new Set(ids).size).toBe(first.total_items)
    expect(ids).toHaveLength(first.total_items)
    const past = await page(`/services?per_page=7&page=${first.total_pages + 1}`)
    expect(past).toMatchObject({ size: 0, last_page: true, empty: true, contents: [] })
    expect((await ask('/services?page=0')).status).toBe(400)
    expect((await ask('/services?per_page=101')).status).toBe(400)
    expect((await ask('/services?nearby=1')).status).toBe(400)
  })

  test('a list has one-to-one fields, all of them when asked, or ids alone on one page', async () => {
    const bare = await page('/services')
    expect(bare.contents[0]).toHaveProperty('organization')
    expect(bare.contents[0]).not.toHaveProperty('attributes')
    expect((await page('/services?full=true')).contents[0]).toHaveProperty('attributes')
    const minimal = await page('/services?minimal=true&per_page=1')
    expect(minimal.size).toBe(bare.total_items)
    expect(Object.keys(minimal.contents[0] ?? {})).toEqual(['id', 'modified_date'])
  })

  test('can be searched, and narrowed by organisation, term and time', async () => {
    const found = await page(`/services?search=${encodeURIComponent('送餐')}`)
    expect(found.total_items).toBe(1)
    const one = (await (await ask(`/services/${found.contents[0]?.id}`)).json()) as {
      organization_id: string
      last_modified: string
      attributes: { taxonomy_term_id: string }[]
    }
    const term = one.attributes[0]?.taxonomy_term_id ?? ''
    expect((await page(`/services?taxonomy_term_id=${term}`)).total_items).toBe(5)
    const of = await page(`/services?organization_id=${one.organization_id}&full=true`)
    expect(of.contents.every(s => s['organization_id'] === one.organization_id)).toBe(true)
    const at = encodeURIComponent(one.last_modified)
    expect((await page(`/services?modified_after=${at}`)).empty).toBe(false)
    expect((await page('/services?modified_after=2099-01-01')).empty).toBe(true)
    const organisation = (await (await ask(`/organizations/${one.organization_id}`)).json()) as { services: unknown[] }
    expect(organisation.services).toHaveLength(of.total_items)
    expect((await page('/taxonomy_terms?top_only=true')).total_items).toBe(10)
  })

  test('what is not there is said to be not there', async () => {
    for (const path of ['services', 'organizations', 'service_at_locations', 'taxonomies', 'taxonomy_terms'])
      expect((await ask(`/${path}/01900000-0000-7000-8000-000000000000`)).status).toBe(404)
    expect((await ask('/service_at_locations?proximity=500')).status).toBe(400)
  })
})
