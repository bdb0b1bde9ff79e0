import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { modules } from '../src/app.ts'
import { routesOf } from '../src/platform/http/routes-of.ts'
import { openApi } from '../src/platform/openapi.ts'

type Json = Record<string, unknown>

const description = JSON.parse(JSON.stringify(openApi(routesOf(modules)))) as Json & {
  paths: Record<string, Record<string, Json & { operationId: string; parameters?: { name: string; in: string }[] }>>
}
/** Schemas inside are bound here to what the file itself says of them; the next test looks into them. */
const published = JSON.parse(
  readFileSync(new URL('./standards/openapi-3.1/schema.json', import.meta.url), 'utf8').replaceAll(
    '"$dynamicRef": "#meta"',
    '"$ref": "#/$defs/schema"',
  ),
) as Json
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

describe('the description of the interface', () => {
  test('is what OpenAPI 3.1 publishes as a description', () => {
    const ajv = new Ajv2020({ strict: false, formats: { 'media-range': true } })
    addFormats(ajv)
    const fits = ajv.compile(published)
    expect(fits(description), ajv.errorsText(fits.errors?.slice(0, 5))).toBe(true)
  })

  test('has schemas that are schemas, and names no part that is not there', () => {
    const ajv = new Ajv2020({ strict: false })
    const bad: string[] = []
    let seen = 0
    walk(description, '', (key, value, at) => {
      if (key === '$ref' && !isThere(String(value))) bad.push(`${at}: ${String(value)}`)
      if (key !== 'schema') return
      seen++
      if (ajv.validateSchema(value as Json) !== true) bad.push(`${at}: ${ajv.errorsText()}`)
    })
    expect(seen).toBeGreaterThan(500)
    expect(bad).toEqual([])
  })

  test('calls each operation by one name, and tells of every part of its path', () => {
    const names = operations.map(({ operation }) => operation.operationId)
    expect(new Set(names).size).toBe(names.length)
    for (const { path, method, operation } of operations) {
      const told = (operation.parameters ?? []).filter(p => p.in === 'path').map(p => p.name)
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(found => found[1])
      expect(told.sort(), `${method} ${path}`).toEqual(inPath.sort())
    }
  })
})

function isThere(ref: string): boolean {
  if (!ref.startsWith('#/')) return false
  let at: unknown = description
  for (const step of ref.slice(2).split('/'))
    at = (at as Json | undefined)?.[step.replace('~1', '/').replace('~0', '~')]
  return at !== undefined
}

function walk(part: unknown, at: string, see: (key: string, value: unknown, at: string) => void): void {
  if (typeof part !== 'object' || part === null) return
  for (const [key, value] of Object.entries(part)) {
    see(key, value, at)
    walk(value, `${at}/${key}`, see)
  }
}
