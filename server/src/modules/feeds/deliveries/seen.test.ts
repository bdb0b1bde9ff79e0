import { expect, test } from 'vitest'
import { seenTexts } from './seen.ts'

test('each text is known by the row it came in first, however many there are', () => {
  const seen = seenTexts()
  const texts = Array.from({ length: 100_000 }, (_, i) => `["R${String(i).padStart(7, '0')}","李明",${i % 7}]`)
  expect(texts.filter((text, i) => seen.before(text, i + 1) !== undefined)).toEqual([])
  expect(texts.filter((text, i) => seen.before(text, 200_000 + i) !== i + 1)).toEqual([])
})

test('texts that were written to stand in one place stand in many: of 131,072 each is looked for as fast as another', () => {
  const seen = seenTexts()
  const texts = alikeFor(0x811c9dc5, 17)
  expect(texts.filter((text, i) => seen.before(text, i + 1) !== undefined)).toEqual([])
}, 5_000)

/** Twice as many texts with each step, all of one sum where sums begin at `from`, as whoever has read this could write them. */
function alikeFor(from: number, steps: number): string[] {
  const next = (sum: number, code: number) => Math.imul(sum ^ code, 0x01000193)
  let sum = from
  let texts = ['']
  for (let step = 0; step < steps; step++) {
    const known = new Map<number, string>()
    for (let n = 0; ; n++) {
      const codes = [7919, 104_729, 1_299_709].map(prime => 0x4e00 + ((Math.imul(n, prime) >>> 5) % 20_000))
      const text = String.fromCharCode(...codes)
      const after = codes.reduce(next, sum)
      const other = known.get(after)
      if (other !== undefined && other !== text) {
        texts = texts.flatMap(t => [t + text, t + other])
        sum = after
        break
      }
      known.set(after, text)
    }
  }
  return texts
}
