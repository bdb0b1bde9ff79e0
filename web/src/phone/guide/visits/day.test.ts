import { fieldOf, markSent, writeField, type FieldValue } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { askOf, asksAnew, type Day, dayAfter, emptyDay, sheetOf, type Synced, unsent, writerOf } from './day.ts'

const [visit, child] = ['v1', 'c1']
const task = (more: object = {}) =>
  ({ id: 't1', visit, members: [{ id: 'f1' }, { id: child }], children: 0, ...more }) as never as Day['tasks'][number]
const answer = (more: Partial<Synced> = {}): Synced =>
  ({
    rows: [],
    handed: [],
    alarms: [],
    lastCounter: 0,
    tasks: [task()],
    sheets: {},
    forms: null,
    today: '2026-11-24',
    ...more,
  }) as Synced
const write = (day: Day, field: string, value: FieldValue): Day => ({
  ...day,
  pocket: writeField(day.pocket, visit, field, value, '2026-11-24T02:00:00.000Z'),
})
/** As it is sent: marked, asked, answered row by row with this. */
function sent(day: Day, answered: (ids: readonly string[]) => Partial<Synced>): Day {
  const { pocket, batch } = markSent(day.pocket, 300)
  const asked = { ...day, pocket }
  return dayAfter(asked, asked, answer(answered(batch.map(b => b.id))))
}
const kept = (ids: readonly string[]) => ids.map(id => ({ id, state: 'kept' as const }))
const begun = dayAfter(emptyDay('d'), emptyDay('d'), answer())
const said = (day: Day, field: string) => {
  const state = fieldOf(sheetOf(day, visit), field)
  return state.kind === 'value' ? state.value : state.kind
}

describe('a day on a telephone', () => {
  it('shows what it wrote though the server does not send it back, and asks from there on', () => {
    const after = sent(write(write(begun, 'note', '一'), 'metWho', '奶奶'), ids => ({
      rows: kept(ids),
      sheets: { [visit]: { edits: 2, heads: null } },
    }))
    expect([said(after, 'note'), said(after, 'metWho'), unsent(after)]).toEqual(['一', '奶奶', 0])
    expect(askOf(after, []).seen).toEqual({ [visit]: 2 })
    const next = write(after, 'note', '二')
    expect(askOf(next, markSent(next.pocket, 300).batch).edits[0]).toMatchObject({ base: ['d:1'], value: '二' })
  })

  it('takes a sheet as the server has it once a colleague wrote in it, and says who', () => {
    const heads = [{ id: 'e:1', field: 'note', base: [], value: '她写的', by: '陈秀英', at: '' }]
    const after = sent(begun, () => ({ sheets: { [visit]: { edits: 1, heads } } }))
    expect([said(after, 'note'), writerOf(after, visit, 'e:1')]).toEqual(['她写的', '陈秀英'])
  })

  it('loses what was written of a child with the grant, and nothing else', () => {
    const risk = `person.${child}.dropoutRisk`
    const before = sent(write(write(begun, risk, 'oftenAbsent'), 'note', '一'), ids => ({
      rows: kept(ids),
      sheets: { [visit]: { edits: 2, heads: null } },
    }))
    expect(said(before, risk)).toBe('oftenAbsent')
    const after = sent(before, () => ({ tasks: [task({ members: [{ id: 'f1' }], children: 1 })] }))
    expect([said(after, risk), said(after, 'note')]).toEqual(['empty', '一'])
    expect(JSON.stringify(after)).not.toContain('oftenAbsent')
  })

  it('asks for the whole sheet once a child’s record opens, and shows what a colleague wrote of the child before', () => {
    const risk = `person.${child}.dropoutRisk`
    const closed = dayAfter(emptyDay('d'), emptyDay('d'), answer({ tasks: [task({ members: [{ id: 'f1' }] })] }))
    // One edit is of the child, and was not told.
    const before = sent(write(closed, 'note', '一'), ids => ({
      rows: kept(ids),
      tasks: [task({ members: [{ id: 'f1' }], children: 1 })],
      sheets: { [visit]: { edits: 2, heads: [] } },
    }))
    expect(askOf(before, []).seen).toEqual({ [visit]: 2 })
    const opened = sent(before, () => ({}))
    expect(asksAnew(before, opened)).toBe(true)
    expect(askOf(opened, []).seen).toEqual({})
    const heads = [{ id: 'e:1', field: risk, base: [], value: 'oftenAbsent', by: '陈秀英', at: '' }]
    const after = sent(opened, () => ({ sheets: { [visit]: { edits: 2, heads } } }))
    expect([said(after, risk), asksAnew(opened, after)]).toEqual(['oftenAbsent', false])
    expect(askOf(after, []).seen).toEqual({ [visit]: 2 })
  })

  it('hands a sheet in with the sending that carries the last of its rows, not while one came back', () => {
    const hand = { visit, on: '2026-11-24' }
    const full = { ...write(write(begun, 'note', '一'), 'metWho', '奶奶'), hands: [hand] }
    const all = markSent(full.pocket, 300)
    expect(askOf({ ...full, pocket: all.pocket }, all.batch).hand).toEqual([hand])
    const some = markSent(full.pocket, 1)
    expect(askOf({ ...full, pocket: some.pocket }, some.batch).hand).toEqual([])
    const torn = sent(full, ([first = '', second = '']) => ({
      rows: [
        { id: first, state: 'refused', words: { zh: '不对', en: 'no' } },
        { id: second, state: 'kept' },
      ],
    }))
    expect(askOf(torn, []).hand).toEqual([])
    expect(unsent(torn)).toBe(2)
  })

  it('lets a visit go once it is handed in, but not before its photo has arrived', () => {
    const file = { id: 'p', visit, kind: 'photo', type: 'image/jpeg', bytes: 9, takenAt: '', sent: false } as const
    const full = { ...write(begun, 'note', '一'), hands: [{ visit, on: '2026-11-24' }], files: [file] }
    const done = (ids: readonly string[]) => ({
      rows: kept(ids),
      tasks: [],
      handed: [{ visit, state: 'done' as const }],
      sheets: { [visit]: { edits: 1, heads: null } },
    })
    const waiting = sent(full, done as never)
    expect([waiting.tasks.length, said(waiting, 'note'), unsent(waiting)]).toEqual([1, '一', 1])
    const after = sent({ ...waiting, files: [{ ...file, sent: true }] }, () => ({ tasks: [] }))
    expect([after.tasks, after.pocket.known, after.pocket.seen, after.files]).toEqual([[], {}, {}, []])
  })
})
