import { describe, expect, it } from 'vitest'
import { kinds, question } from '../states/made-up.ts'
import { bandRow, draftOf, emptyDraft, encode, marks, readDraft } from './answer.ts'

const money = { ...question, kind: 'money' as const, min: 0, max: 100_000 }
const key = question.key
const several = kinds['several'] ?? question
const known = kinds['known already'] ?? question
const list = kinds['list'] ?? question
const rough = kinds['rough amounts'] ?? question

describe('what is on the page becomes an answer', () => {
  it('takes “not sure” for every kind of question', () => {
    for (const one of Object.values(kinds))
      expect(readDraft(one, { ...emptyDraft, chosen: [marks.unsure] })).toEqual({
        answer: { question: one.key, unknown: true },
      })
  })

  it('guesses nothing: an empty page is asked again', () => {
    expect(readDraft(question, emptyDraft)).toEqual({ wrong: 'choose' })
    expect(readDraft(money, emptyDraft)).toEqual({ wrong: 'number' })
  })

  it('reads yes and no as they are', () => {
    expect(readDraft(question, { ...emptyDraft, chosen: [encode(false)] })).toEqual({
      answer: { question: key, value: false },
    })
  })

  it('reads money as people write it, within its bounds', () => {
    expect(readDraft(money, { ...emptyDraft, text: '１，５００' })).toEqual({ answer: { question: key, value: 1500 } })
    expect(readDraft(money, { ...emptyDraft, text: '1500000' })).toEqual({ wrong: 'tooLarge' })
    expect(readDraft(money, { ...emptyDraft, text: '一千' })).toEqual({ wrong: 'number' })
  })

  it('sends what is known as confirmed, and what is wrong only with the right value', () => {
    const options = [{ value: 'none', label: { zh: '都没有', en: 'None' } }]
    expect(readDraft(known, { ...emptyDraft, chosen: [marks.right] })).toEqual({
      answer: { question: key, confirmed: true },
    })
    expect(readDraft(known, { ...emptyDraft, chosen: [marks.different] })).toEqual({ wrong: 'choose' })
    expect(readDraft({ ...known, options }, { ...emptyDraft, chosen: [marks.different, encode('none')] })).toEqual({
      answer: { question: key, value: 'none' },
    })
  })

  it('sends “none of these” as an empty list', () => {
    expect(readDraft(several, { ...emptyDraft, chosen: [marks.none] })).toEqual({
      answer: { question: key, value: [] },
    })
  })

  it('needs every item of a list to say what it is', () => {
    expect(readDraft(list, { ...emptyDraft, chosen: [marks.some], items: [{ kind: encode('fire') }, {}] })).toEqual({
      wrong: 'item',
      item: 1,
    })
  })

  it('sends a rough amount that has a figure, and asks for the figure of the others', () => {
    expect(readDraft(rough, { ...emptyDraft, chosen: [encode(0)] })).toEqual({ answer: { question: key, value: 0 } })
    expect(readDraft(rough, { ...emptyDraft, chosen: [bandRow(1)] })).toEqual({ wrong: 'number' })
    expect(readDraft(rough, { ...emptyDraft, chosen: [bandRow(1)], text: '8000' })).toEqual({
      answer: { question: key, value: 8000 },
    })
  })

  it('shows again what was answered before going back', () => {
    for (const one of Object.values(kinds)) {
      if (one.draft?.value === undefined) continue
      expect(readDraft(one, draftOf(one))).toEqual({ answer: { question: one.key, value: one.draft.value } })
    }
  })
})
