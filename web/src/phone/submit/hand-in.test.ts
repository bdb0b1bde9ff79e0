import { describe, expect, it } from 'vitest'
import { readHandIn } from './hand-in.ts'

const form = {
  name: ' 陆奶奶 ',
  phone: '１３８ ０００１-３８００',
  village: '330111109203',
  wants: undefined,
  needs: [],
  note: ' ',
  agreed: true,
}

describe('handing a result to the guide', () => {
  it('takes a phone number as people write it', () => {
    expect(readHandIn(form)).toEqual({ handIn: { name: '陆奶奶', phone: '13800013800', village: '330111109203' } })
  })

  it('needs no phone', () => {
    expect(readHandIn({ ...form, phone: '' })).toEqual({ handIn: { name: '陆奶奶', village: '330111109203' } })
  })

  it('names everything that has to be changed at once', () => {
    expect(readHandIn({ ...form, name: '', phone: '123', village: '', agreed: false })).toEqual({
      wrong: ['name', 'phone', 'village', 'agreed'],
    })
  })

  it('sends what is needed most only where something was chosen', () => {
    expect(readHandIn({ ...form, needs: ['S-A1'] })).toMatchObject({ handIn: { needs: ['S-A1'] } })
  })

  it('sends the wishes only when some were taken out', () => {
    expect(readHandIn({ ...form, wants: ['P01'] })).toMatchObject({ handIn: { wants: ['P01'] } })
  })
})
