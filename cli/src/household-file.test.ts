import { describe, expect, it } from 'vitest'
import { repeatedName } from './household-file.ts'

describe('a name that stands twice', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":{"b":1},"c":[{"b":1},{"b" : 1,"b":null}]}', 'b'],
    [String.raw`{"a":1,"\u0061":2}`, 'a'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"a":{"a":1},"b":["a","a",":"]}', undefined],
    [String.raw`{"a":"{\"a\":1","b":"\\","c":"\\\""}`, undefined],
    ['["a","a"]', undefined],
  ])('in %s is %s', (json, name) => {
    expect(repeatedName(json)).toBe(name)
  })
})
