import { day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { nextCircle } from './circle.ts'

const on = (text: string) => day(text)
const never = () => false
const always = () => true

describe('moves between the circles', () => {
  it('inward takes effect at once', () => {
    const now = { circle: 3, judged: 3, judgedSince: on('2021-01-01') } as const
    expect(nextCircle(now, 1, on('2021-09-26'), never)).toEqual({ circle: 1, judged: 1, judgedSince: '2021-09-26' })
  })

  it('outward waits for three months and a visit', () => {
    const start = { circle: 2, judged: 2, judgedSince: on('2021-01-01') } as const
    const waiting = nextCircle(start, 3, on('2021-06-01'), always)
    expect(waiting).toEqual({ circle: 2, judged: 3, judgedSince: '2021-06-01' })
    expect(nextCircle(waiting, 3, on('2021-08-31'), always).circle).toBe(2)
    expect(nextCircle(waiting, 3, on('2021-09-01'), never).circle).toBe(2)
    expect(nextCircle(waiting, 3, on('2021-09-01'), since => since === '2021-06-01').circle).toBe(3)
  })

  it('a wait ends when the rules say otherwise in between', () => {
    const waiting = { circle: 2, judged: 3, judgedSince: on('2021-06-01') } as const
    const back = nextCircle(waiting, 2, on('2021-07-01'), always)
    expect(nextCircle(back, 3, on('2021-09-05'), always)).toEqual({ circle: 2, judged: 3, judgedSince: '2021-09-05' })
  })

  it('somebody new enters where the rules say', () => {
    const nobody = { circle: null, judged: null, judgedSince: null }
    expect(nextCircle(nobody, 3, on('2021-09-26'), never).circle).toBe(3)
    expect(nextCircle(nobody, null, on('2021-09-26'), never).circle).toBe(null)
  })
})
