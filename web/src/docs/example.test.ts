import { expect, test } from 'vitest'
import { exampleOf } from './example.ts'

test('a body begins with what must be there, and its first choices', () => {
  expect(
    exampleOf(
      {
        type: 'object',
        required: ['kind', 'places', 'days', 'person', 'sure', 'note'],
        properties: {
          kind: { enum: ['village', 'township'] },
          places: { type: 'integer', minimum: 1 },
          days: { type: 'array', minItems: 1, items: { type: 'string' } },
          person: { $ref: '#/components/schemas/Person' },
          sure: { const: true },
          note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
          left: { type: 'string' },
        },
      },
      { Person: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
    ),
  ).toEqual({ kind: 'village', places: 1, days: [''], person: { name: '' }, sure: true, note: '' })
})

test('where an example is given the body is that', () => {
  const signIn = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }
  expect(exampleOf({ ...signIn, examples: [{ name: 'guide' }] }, {})).toEqual({ name: 'guide' })
})

test('a part that contains itself comes to an end', () => {
  const tree = { type: 'object', required: ['child'], properties: { child: { $ref: '#/components/schemas/Tree' } } }
  expect(JSON.stringify(exampleOf(tree, { Tree: tree })).length).toBeLessThan(200)
})
