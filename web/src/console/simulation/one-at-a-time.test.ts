import { describe, expect, it } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

const turn = () => new Promise(done => setTimeout(done, 0))

function bench() {
  const answers: { question: number; done: (answer: string) => void; fail: (why: Error) => void }[] = []
  const told: string[] = []
  const failed: number[] = []
  let wanted: number | undefined
  const queue = oneAtATime<number, string>(
    () => wanted,
    question => new Promise((done, fail) => answers.push({ question, done, fail })),
    (question, answer) => {
      told.push(answer)
      if (wanted === question) wanted = undefined
    },
    question => failed.push(question),
  )
  return {
    answers,
    told,
    failed,
    want: (n: number) => {
      wanted = n
      queue.wake()
    },
  }
}

describe('one question at a time', () => {
  it('has never more than one on the way, and leaves out what was wanted in between', async () => {
    const { answers, told, want } = bench()
    for (const n of [1, 2, 3, 4]) want(n)
    expect(answers.map(a => a.question)).toEqual([1])
    answers[0]?.done('first')
    await turn()
    expect(answers.map(a => a.question)).toEqual([1, 4])
    answers[1]?.done('last')
    await turn()
    expect(told).toEqual(['first', 'last'])
    expect(answers).toHaveLength(2)
  })

  it('asks the latest though the one before it failed, and rests when that is what failed', async () => {
    const { answers, failed, want } = bench()
    want(1)
    want(2)
    answers[0]?.fail(new Error('no'))
    await turn()
    expect(answers.map(a => a.question)).toEqual([1, 2])
    answers[1]?.fail(new Error('no'))
    await turn()
    expect(failed).toEqual([1, 2])
    expect(answers).toHaveLength(2)
    want(2)
    await turn()
    expect(answers).toHaveLength(3)
  })
})
