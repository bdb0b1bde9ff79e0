import { describe, expect, it } from 'vitest'
import { nameQueryOf, piecesOf, pinyinOf } from './name-grams.ts'

describe('the pieces a name is found by', () => {
  it('are the surname, neighbours, initials and syllables', () => {
    expect(piecesOf('陆桂香').toSorted()).toEqual(
      ['陆', '陆桂', '桂香', 'p:lu', 'p:lugui', 'p:luguixiang', 'i:lg', 'i:lgx'].toSorted(),
    )
  })

  it('read surnames as surnames', () => {
    expect(pinyinOf('单阿毛')).toBe('shan a mao')
    expect(pinyinOf('申屠水娟')).toBe('shen tu shui juan')
  })

  it('a query asks for pieces a name has', () => {
    const pieces = new Set(piecesOf('陆桂香'))
    for (const typed of ['陆', '陆桂', '桂香', '陆桂香', ' 陆 桂香 ']) {
      const query = nameQueryOf(typed)
      expect(query?.kind === 'characters' && query.every.every(p => pieces.has(p)), typed).toBe(true)
    }
    for (const typed of ['lu', 'lug', 'luguix', 'LuGuiXiang', 'lg', 'lgx']) {
      const query = nameQueryOf(typed)
      expect(query?.kind === 'letters' && query.anyOf.some(p => pieces.has(p)), typed).toBe(true)
    }
    expect(nameQueryOf('  ')).toBeUndefined()
  })
})
