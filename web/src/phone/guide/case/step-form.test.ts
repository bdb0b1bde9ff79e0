import { describe, expect, it } from 'vitest'
import { emptyForm, missingOf } from './step-form.ts'

const form = emptyForm('2021-09-26')

describe('noting a step of a case', () => {
  it('asks only for what the step asks for', () => {
    expect(missingOf(form, 'handOver', ['to', 'reason'], [])).toEqual(['to', 'reason'])
  })

  it('lets a contact go without a note, a visit not', () => {
    expect(missingOf({ ...form, how: 'phone' }, 'contact', ['how', 'note'], [])).toEqual([])
    expect(missingOf(form, 'visit', ['day', 'note'], [])).toEqual(['note'])
  })

  it('wants every paper marked', () => {
    const filing = { ...form, policy: 'P01', filedAt: '场口镇便民服务中心', papers: { 户口簿: 'seen' } }
    const asks = ['policy', 'papers', 'filedAt', 'day']
    expect(missingOf(filing, 'file', asks, ['户口簿', '身份证'])).toEqual(['papers'])
    expect(
      missingOf({ ...filing, papers: { 户口簿: 'seen', 身份证: 'missing' } }, 'file', asks, ['户口簿', '身份证']),
    ).toEqual([])
  })

  it('wants a whole day', () => {
    expect(missingOf({ ...form, day: '2021-09-', note: '家里都好' }, 'visit', ['day', 'note'], [])).toEqual(['day'])
  })
})
