import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  conflictsOf,
  type Edit,
  emptyPocket,
  fieldOf,
  fieldsOf,
  headsOf,
  knowsAll,
  markSent,
  type Pocket,
  type RowAnswer,
  sheetOn,
  takeAnswer,
  takeEdits,
  type Waiting,
  writeField,
} from './sheet.ts'

/** What the houses of the test are built of; a planted fault takes the place of one. */
const sound = { writeField, markSent, takeAnswer, takeEdits, knowsAll, persistsBeforeSending: true }
type Parts = typeof sound

const sheets = ['a', 'b'] as const
const fields = ['result', 'note'] as const
const places = sheets.flatMap(sheet => fields.map(field => [sheet, field] as const))

type Step =
  | { do: 'write'; who: number; place: number; same: boolean; persist: boolean }
  | { do: 'sync'; who: number; arrives: boolean; answered: boolean; limit: number }
  | { do: 'die'; who: number }
  | { do: 'copy' | 'goBack'; who: number }
  | { do: 'settle'; who: number; place: number; pick: number }

const devices = 5
const who = fc.integer({ min: 0, max: devices - 1 })
const place = fc.integer({ min: 0, max: places.length - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('write' as const), who, place, same: fc.boolean(), persist: fc.boolean() }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('sync' as const),
      who,
      arrives: fc.boolean(),
      answered: fc.boolean(),
      limit: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), who, place, pick: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('copy' as const, 'goBack' as const), who }) },
)
const history = fc.record({
  count: fc.integer({ min: 1, max: devices }),
  steps: fc.array(step, { maxLength: 40, size: 'max' }),
})
type History = typeof history extends fc.Arbitrary<infer H> ? H : never

/** Edits of the test carry which writing they are; the code under test does not look at it. */
type Marked = Edit & { readonly at: string }

/** A value somebody wrote, and the writings their screen showed of that field before, whatever the telephones make of it. */
interface Writing {
  readonly mark: string
  readonly value: string
  readonly at: string
  readonly over: ReadonlySet<string>
  kept: boolean
}

/**
 * Plays a history and brings everybody together. What must stand in the end is said without any of the code under test: every
 * writing that reached a disk and that nobody who saw it wrote over.
 */
function play({ count, steps }: History, parts: Parts = sound): void {
  let kept: Record<string, readonly Edit[]> = { a: [], b: [] }
  const lastCounters = new Map<string, number>()
  const writings: Writing[] = []
  const phones = Array.from({ length: count }, (_, i) => {
    const fresh = emptyPocket(`d${i}`)
    return { memory: fresh, disk: fresh, older: fresh, unkept: [] as Writing[] }
  })
  type Phone = (typeof phones)[number]
  let serial = 0

  const keep = (phone: Phone) => {
    phone.disk = phone.memory
    for (const w of phone.unkept.splice(0)) w.kept = true
  }
  const write = (phone: Phone, [sheet, field]: (typeof places)[number], value: string) => {
    const shown = headsOf(sheetOn(phone.memory, sheet), field).map(h => (h as Marked).at)
    const seen = writings.filter(w => shown.includes(w.mark)).flatMap(w => [...w.over])
    const mark = `m${writings.length}`
    const writing = { mark, value, at: `${sheet} ${field}`, over: new Set([...shown, ...seen]), kept: false }
    writings.push(writing)
    phone.unkept.push(writing)
    phone.memory = parts.writeField(phone.memory, sheet, field, value, mark)
  }
  const serve = (batch: readonly Waiting[], device: string, seen: Pocket['seen']) => {
    const before = kept
    const rows: RowAnswer[] = sheets.flatMap(sheet => {
      const own = batch.filter(b => b.sheet === sheet)
      const taken = parts.takeEdits(
        kept[sheet] ?? [],
        own.map(({ id, field, base, value, at }): Marked => ({ id, field, base, value, at })),
      )
      kept = { ...kept, [sheet]: taken.edits }
      return [...taken.rows]
    })
    const arrived = batch.filter(b => rows.some(r => r.id === b.id && r.state !== 'renumber'))
    lastCounters.set(device, Math.max(lastCounters.get(device) ?? 0, ...arrived.map(b => b.counter)))
    const told = Object.fromEntries(
      Object.entries(kept).map(([sheet, all]) => {
        const isKnown = parts.knowsAll(before[sheet]?.length ?? 0, seen[sheet] ?? 0)
        return [sheet, { edits: all.length, heads: isKnown ? null : fieldsOf(all).flatMap(f => headsOf(all, f)) }]
      }),
    )
    return { rows, told, last: lastCounters.get(device) ?? 0 }
  }
  const sync = (phone: Phone, limit: number, arrives: boolean, answered: boolean) => {
    if (parts.persistsBeforeSending) keep(phone)
    const marked = parts.markSent(phone.memory, limit)
    phone.memory = marked.pocket
    if (parts.persistsBeforeSending) keep(phone)
    if (!arrives) return
    const answer = serve(marked.batch, phone.memory.device, marked.pocket.seen)
    if (!answered) return
    phone.memory = parts.takeAnswer(phone.memory, answer.rows, answer.told, answer.last)
    keep(phone)
  }

  /** A telephone set back to an older copy of its disk: what had not arrived and is not in the copy is gone, and nothing else; what is in it is there again. */
  const goBack = (phone: Phone) => {
    phone.memory = phone.disk = phone.older
    phone.unkept.length = 0
    const all = [...Object.values(kept).flat(), ...phones.flatMap(p => p.disk.waiting)]
    const there = new Set(all.map(e => (e as Marked).at))
    for (const w of writings) w.kept = there.has(w.mark)
  }

  for (const s of steps) {
    const phone = phones[s.who % count] as Phone
    if (s.do === 'write') {
      // Some write the same as somebody else, without knowing.
      write(phone, places[s.place] as (typeof places)[number], s.same ? 'same' : `w${serial++}`)
      if (s.persist) keep(phone)
    } else if (s.do === 'settle') {
      const [sheet, field] = places[s.place] as (typeof places)[number]
      const state = fieldOf(sheetOn(phone.memory, sheet), field)
      if (state.kind === 'conflict')
        write(phone, [sheet, field], state.sides[s.pick % state.sides.length]?.value as string)
    } else if (s.do === 'sync') sync(phone, s.limit, s.arrives, s.answered)
    else if (s.do === 'die') {
      phone.memory = phone.disk
      phone.unkept.length = 0
    } else if (s.do === 'copy') phone.older = phone.disk
    else goBack(phone)
  }

  for (let round = 0; round < 400; round++) {
    const rests = phones.every(p => p.memory.waiting.length === 0)
    if (rests && round > 0) break
    for (const phone of phones) sync(phone, 3, true, true)
  }
  for (const phone of phones) sync(phone, 3, true, true)

  for (const [sheet, field] of places) {
    const mine = writings.filter(w => w.at === `${sheet} ${field}` && w.kept)
    const standing = mine.filter(w => !mine.some(v => v.over.has(w.mark)))
    const onServer = headsOf(kept[sheet] ?? [], field)
    const [shown, due] = [new Set(onServer.map(h => h.value)), new Set(standing.map(w => w.value))]
    // A telephone set back to an older copy may bring back what it had written over, beside what stands and never instead; the
    // very same writing made again under the same number is one writing.
    if (steps.some(s => s.do === 'goBack')) {
      due.delete('same')
      expect([...shown]).toEqual(expect.arrayContaining([...due]))
    } else {
      expect(shown).toEqual(due)
      expect(onServer.map(h => (h as Marked).at).toSorted()).toEqual(standing.map(w => w.mark).toSorted())
    }
    for (const phone of phones)
      expect(headsOf(sheetOn(phone.memory, sheet), field).map(h => h.id)).toEqual(onServer.map(h => h.id))
  }
}

describe('a sheet that several telephones fill in', () => {
  it('ends the same everywhere with nothing lost, in 12,000 histories of up to 5 telephones and 40 steps', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(history, h => play(h)),
      { numRuns: 12_000 },
    )
  })

  it('keeps different fields, and shows both where one was written twice', () => {
    const [a, b] = [emptyPocket('a'), emptyPocket('b')].map(p =>
      writeField(p, 's', 'income', p.device === 'a' ? 1500 : 3900, ''),
    )
    const c = writeField(a as Pocket, 's', 'note', 'knee', '')
    const all = [...sheetOn(c, 's'), ...sheetOn(b as Pocket, 's')]
    expect(conflictsOf(all)).toEqual(['income'])
    expect(fieldOf(all, 'note')).toMatchObject({ kind: 'value', value: 'knee' })
    const both = fieldOf(all, 'income')
    expect(both.kind === 'conflict' && both.sides.map(s => s.value)).toEqual([1500, 3900])
  })

  it('the same written twice is no conflict', () => {
    const all = ['a', 'b'].flatMap(d => sheetOn(writeField(emptyPocket(d), 's', 'f', { b: 1, a: [2] }, ''), 's'))
    expect(fieldOf(all, 'f').kind).toBe('value')
  })

  it('what was refused stays with its reason until it is written anew, and holds nothing up', () => {
    const one = markSent(writeField(emptyPocket('a'), 's', 'age', 400, ''), 9).pocket
    const refused = takeAnswer(one, [{ id: 'a:1', state: 'refused', words: { zh: '不对', en: 'no' } }], {}, 0)
    expect(refused.waiting[0]?.refused?.zh).toBe('不对')
    expect(markSent(refused, 9).batch).toEqual([])
    const anew = writeField(refused, 's', 'age', 40, '')
    expect(anew.waiting.map(w => [w.value, w.refused])).toEqual([[40, undefined]])
  })

  it('a number used twice for different things is counted on, not taken for the same, and with it what was written over it', () => {
    const edit = (id: string, value: string, base: string[] = []) => ({ id, field: 'f', base, value })
    const { edits } = takeEdits([], [edit('a:1', 'x')])
    const again = takeEdits(edits, [edit('a:1', 'y'), edit('a:2', 'z', ['a:1'])])
    expect(again.rows.map(r => r.state)).toEqual(['renumber', 'renumber'])
    expect(again.edits.map(e => e.value)).toEqual(['x'])
    const back = markSent(writeField(emptyPocket('a'), 's', 'f', 'y', ''), 9).pocket
    const counted = takeAnswer(writeField(back, 's', 'f', 'z', ''), again.rows, {}, 1)
    expect(counted.waiting.map(w => [w.id, w.base])).toEqual([
      ['a:3', []],
      ['a:4', ['a:3']],
    ])
  })

  const one =
    (take: (edits: readonly Edit[], edit: Edit) => readonly Edit[]): Parts['takeEdits'] =>
    <E extends Edit>(edits: readonly E[], batch: readonly E[]) => ({
      edits: batch.reduce<readonly Edit[]>(take, edits) as readonly E[],
      rows: batch.map(({ id }) => ({ id, state: 'kept' as const })),
    })
  const numberIsEnough = one((edits, edit) => (edits.some(e => e.id === edit.id) ? edits : [...edits, edit]))
  const planted: readonly [string, Partial<Parts>][] = [
    ['a telephone is never told what a colleague wrote meanwhile', { knowsAll: () => true }],
    [
      'the last to arrive wins',
      { takeEdits: one((edits, edit) => [...edits.filter(e => e.field !== edit.field), edit]) },
    ],
    [
      'what was sent before is sent as something new',
      {
        markSent: (pocket, limit) => {
          const counter = pocket.counter + pocket.waiting.length
          const waiting = pocket.waiting.map((w, i) =>
            w.sent ? { ...w, id: `${pocket.device}:${pocket.counter + i + 1}`, counter: pocket.counter + i + 1 } : w,
          )
          return markSent({ ...pocket, counter, waiting }, limit)
        },
      },
    ],
    [
      'a telephone sends before it has kept, and an equal number counts as the same',
      { persistsBeforeSending: false, takeEdits: numberIsEnough },
    ],
    [
      'what may have arrived still grows with each keystroke',
      { markSent: (pocket, limit) => ({ ...markSent(pocket, limit), pocket }), takeEdits: numberIsEnough },
    ],
    ['a number used again after going back to an older copy counts as the same', { takeEdits: numberIsEnough }],
    [
      'what was written over an edit whose number was taken does not wait with it',
      {
        takeEdits: (edits, batch) => {
          let all = edits
          const rows = batch.flatMap(edit => {
            const taken = takeEdits(all, [edit])
            all = taken.edits
            return [...taken.rows]
          })
          return { edits: all, rows }
        },
      },
    ],
    [
      'a field is written over whatever the server knows by then',
      {
        takeEdits: (edits, batch) =>
          takeEdits(
            edits,
            batch.map(b => ({ ...b, base: edits.filter(e => e.field === b.field && e.id !== b.id).map(e => e.id) })),
          ),
      },
    ],
    [
      'an answer takes away what was written after the question',
      { takeAnswer: (pocket, rows, told, last) => ({ ...takeAnswer(pocket, rows, told, last), waiting: [] }) },
    ],
    [
      'what the server has is not taken in beside what waits here',
      { takeAnswer: (pocket, rows, _told, last) => takeAnswer(pocket, rows, {}, last) },
    ],
  ]
  it.each(planted)('the histories find a planted fault: %s', (_, fault) => {
    expect(() =>
      fc.assert(
        fc.property(history, h => play(h, { ...sound, ...fault })),
        { numRuns: 50_000 },
      ),
    ).toThrow()
  })
})
