import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { listen } from './live.ts'

class Stream extends EventTarget {
  static readonly CLOSED = 2
  readyState = 0
  constructor() {
    super()
    opened.push(this)
  }
  close() {
    this.readyState = 2
  }
  says(type: string) {
    this.dispatchEvent(new MessageEvent(type, { data: '{}' }))
  }
  /** As a browser does with an answer that is no stream. */
  isRefused() {
    this.readyState = 2
    this.dispatchEvent(new Event('error'))
  }
}
let opened: Stream[] = []

beforeEach(() => {
  opened = []
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Stream)
  vi.stubGlobal('document', { querySelector: () => null })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('is asked for again when it was refused, and what was missed is read again', () => {
  const heard: string[] = []
  const stop = listen(happening => heard.push(happening.name))
  opened[0]?.says('hello')
  opened[0]?.isRefused()
  vi.advanceTimersByTime(60_000)
  expect(opened).toHaveLength(2)
  opened[1]?.says('hello')
  expect(heard).toEqual(['', ''])
  stop()
})

it('is asked for less and less often while it is refused, and no more once nobody listens', () => {
  const stop = listen(() => undefined)
  for (let minute = 0; minute < 60; minute++) {
    vi.advanceTimersByTime(60_000)
    if (opened.at(-1)?.readyState !== 2) opened.at(-1)?.isRefused()
  }
  expect(opened.length).toBeGreaterThan(30)
  expect(opened.length).toBeLessThan(70)
  const before = opened.length
  opened.at(-1)?.isRefused()
  stop()
  vi.advanceTimersByTime(600_000)
  expect(opened).toHaveLength(before)
})
