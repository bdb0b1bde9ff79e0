import { day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { mayLeave, nextCircle } from './circle.ts'

const on = (text: string) => day(text)
const never = () => false
const always = () => true

describe('moves between the circles', () => {
  it('inward takes effect at once for who is in the base', () => {
    const now = { circle: 3, judged: 3, judgedSince: on('2021-01-01') } as const
    expect(nextCircle(now, 1, on('2021-09-26'), false)).toEqual({ circle: 1, judged: 1, judgedSince: '2021-09-26' })
  })

  it('outward never happens by itself; it may be decided after three months and a visit', () => {
    const start = { circle: 2, judged: 2, judgedSince: on('2021-01-01') } as const
    const waiting = nextCircle(start, 3, on('2021-06-01'), false)
    expect(waiting).toEqual({ circle: 2, judged: 3, judgedSince: '2021-06-01' })
    expect(nextCircle(waiting, 3, on('2022-06-01'), true)).toEqual(waiting)
    expect(mayLeave(waiting, on('2021-08-31'), always)).toBe(false)
    expect(mayLeave(waiting, on('2021-09-01'), never)).toBe(false)
    expect(mayLeave(waiting, on('2021-09-01'), since => since === '2021-06-01')).toBe(true)
    expect(mayLeave(start, on('2021-09-01'), always)).toBe(false)
  })

  it('a wait ends when the rules say otherwise in between', () => {
    const waiting = { circle: 2, judged: 3, judgedSince: on('2021-06-01') } as const
    const back = nextCircle(waiting, 2, on('2021-07-01'), false)
    const again = nextCircle(back, 3, on('2021-09-05'), false)
    expect(again).toEqual({ circle: 2, judged: 3, judgedSince: '2021-09-05' })
    expect(mayLeave(again, on('2021-09-06'), always)).toBe(false)
  })

  it('somebody outside the base enters with a certificate or a list, and is a candidate without', () => {
    const nobody = { circle: null, judged: null, judgedSince: null }
    expect(nextCircle(nobody, 3, on('2021-09-26'), true).circle).toBe(3)
    expect(nextCircle(nobody, 3, on('2021-09-26'), false)).toEqual({
      circle: null,
      judged: 3,
      judgedSince: '2021-09-26',
    })
    expect(nextCircle(nobody, null, on('2021-09-26'), true).circle).toBe(null)
  })
})
