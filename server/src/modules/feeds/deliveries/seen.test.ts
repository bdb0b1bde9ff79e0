import { expect, test } from 'vitest'
import { seenTexts } from './seen.ts'

test('each text is known by the row it came in first, however many there are', () => {
  const seen = seenTexts()
  const texts = Array.from({ length: 100_000 }, (_, i) => `["R${String(i).padStart(7, '0')}","李明",${i % 7}]`)
  expect(texts.filter((text, i) => seen.before(text, i + 1) !== undefined)).toEqual([])
  expect(texts.filter((text, i) => seen.before(text, 200_000 + i) !== i + 1)).toEqual([])
})
