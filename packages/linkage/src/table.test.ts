import { describe, expect, it } from 'vitest'
import { addressBook } from './address.ts'
import { districtOf } from './district.ts'
import { guessColumns } from './headers.ts'
import { readTable } from './table.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const rowsOf = (text: string | Uint8Array) => {
  const table = readTable(typeof text === 'string' ? bytes(text) : text)
  return {
    rows: Array.from({ length: table.size }, (_, row) => table.columns.map(c => c[row]).join('|')),
    faults: table.faults.map(f => `${f.words.en} ${f.count} @${f.lines.join()}`),
  }
}
/** 许琴 in GB18030. */
const chinese = Uint8Array.from([0xd0, 0xed, 0xc7, 0xd9])

describe('a table', () => {
  it('is read as spreadsheets write it', () => {
    expect(rowsOf('\uFEFFid,name\r\n1,"a, ""b"""\r\n\r\n2,"two\nlines"\n3,plain').rows).toEqual([
      '1|a, "b"',
      '2|two\nlines',
      '3|plain',
    ])
    expect(rowsOf('id;name\n1;a,b').rows).toEqual(['1|a,b'])
    expect(rowsOf('id\tname\n1\ta').rows).toEqual(['1|a'])
    expect(rowsOf('id|name\n1|a').rows).toEqual(['1|a'])
    expect(rowsOf('id,name\r1,a\r2,b').rows).toEqual(['1|a', '2|b'])
  })
  it('may have a title above its headers, which is said', () => {
    const found = { rows: ['1|a'], faults: ['a title above the headers is not used 1 @1'] }
    expect(rowsOf('2021年9月名单\nid,name\n1,a')).toEqual(found)
    expect(rowsOf('2021年9月名单,,\nid,name,\n1,a,').faults).toEqual(found.faults)
    expect(rowsOf('2021年9月名单\nid\tname\n1\ta')).toEqual(found)
    expect(rowsOf('name\na\nb')).toEqual({ rows: ['a', 'b'], faults: [] })
    expect(readTable(bytes('name')).header).toEqual(['name'])
  })
  it('may be GB18030 or UTF-16', () => {
    expect(rowsOf(Uint8Array.from([...bytes('id,name\n1,'), ...chinese])).rows).toEqual(['1|许琴'])
    expect(
      rowsOf(
        Uint8Array.from([0xff, 0xfe, ...new Uint8Array(Uint16Array.from('a,b\n1,许', c => c.charCodeAt(0)).buffer)]),
      ).rows,
    ).toEqual(['1|许'])
  })
  it('of two encodings is read line by line, and says so', () => {
    const mixed = Uint8Array.from([...bytes('id,name\n1,许琴\n2,'), ...chinese, ...bytes('\n')])
    expect(rowsOf(mixed)).toEqual({
      rows: ['1|许琴', '2|许琴'],
      faults: [expect.stringMatching(/mixes encodings.* 1 @3/)],
    })
  })
  it('that was cut, or has broken rows, says what it left out', () => {
    expect(rowsOf('id,name,x,y\n1,a,b,c\n2\n3,a,b,c,d\n4,"a').faults).toEqual([
      'rows with fewer cells than the header are not used 1 @3',
      'rows with more cells than the header are not used 1 @4',
      'the file breaks off inside quotes; its last row is not used 1 @5',
    ])
  })
  it('shows no formula and no error of a spreadsheet', () => {
    expect(rowsOf('id,a,b,c\n="0012",=A1+1,#REF!,\'=x')).toEqual({
      rows: ['0012|||=x'],
      faults: ['cells with a formula count as empty 1 @2', "cells with a spreadsheet's error count as empty 1 @2"],
    })
  })
})

describe('a header', () => {
  it.each([
    [
      '编号,姓名,性别,出生日期,身份证号码,联系电话,家庭住址（现住）,户编号',
      'id,name,sex,birthDate,idNumber,phone,address,household',
    ],
    [
      'rec_id, given_name, surname, street_number, address_1, suburb, postcode, date_of_birth, soc_sec_id',
      'id,givenName,surname,houseNumber,street,suburb,postcode,birthDate,number',
    ],
    [
      'unique_id,full_name,first_name,surname,dob,birth_place,postcode_fake,gender,occupation',
      'id,name,givenName,surname,birthDate,birthPlace,postcode,sex,occupation',
    ],
    ['流水号,当事人姓名,性别,生日（年月日）,证照号码,手机,现居地', 'sex,birthDate,phone,id,name,idNumber,address'],
    [
      'Serial No,Applicant Name,Gender,Day of Birth,Citizen ID Number,Mobile Phone No.,Current Address,Household No',
      'sex,id,name,birthDate,idNumber,phone,address,household',
    ],
    ['cluster,A,b', ''],
    ['父亲姓名,监护人电话,单位地址,紧急联系电话,村编码,残疾证编号', ''],
  ])('%s is understood', (header, fields) => expect(Object.keys(guessColumns(header.split(','))).join()).toBe(fields))
})

describe('an address', () => {
  const places = [
    { code: '330111006', names: ['银湖街道', '受降镇'] },
    { code: '330111115', names: ['新登镇'] },
    { code: '330111109', names: ['常绿镇'] },
    { code: '330111115291', names: ['大山村'], within: '330111115' },
    { code: '330111006235', names: ['唐家坞村'], within: '330111006' },
    { code: '330111006202', names: ['蒋家村'], within: '330111006' },
    { code: '330111115202', names: ['蒋家村'], within: '330111115' },
  ]
  const read = addressBook(
    places,
    districtOf([
      { level: 'province', code: '330000', name: '浙江省' },
      { level: 'city', code: '330100', name: '杭州市' },
      { level: 'district', code: '330111', name: '富阳区' },
      { level: 'district', code: '330183', name: '富阳市' },
      { level: 'district', code: '330123', name: '富阳县' },
    ]),
  )
  it.each([
    ['浙江省杭州市富阳区新登镇大山村委会5组107号', '富阳新登大山村107号'],
    ['杭州市富阳市银湖街道唐家坞村12-3', '富阳区受降镇唐家坞12组3号'],
    ['大山村5组', '富阳县新登大山'],
  ])('%s lies where %s lies', (a, b) => {
    expect(read(a).village).toBeGreaterThan(0)
    expect([read(a).township, read(a).village]).toEqual([read(b).township, read(b).village])
  })
  it('names group and house', () => {
    expect(read('新登镇大山村5组107号')).toMatchObject({ group: 5, house: '107' })
    expect(read('新登镇大山村5-107')).toMatchObject({ group: 5, house: '107' })
    expect(read('新登镇大山村107号')).toMatchObject({ group: 0, house: '107' })
  })
  it('without a township is no village where two villages bear the name', () => {
    expect(read('蒋家村3号').township).toBe(0)
    expect(read('新登镇蒋家村3号').village).not.toBe(read('银湖街道蒋家村3号').village)
  })
  it('with a name nobody knows agrees with itself', () => {
    expect(read('常绿镇无名路8号').village).toBe(read('富阳区常绿镇无名路8号').village)
  })
  it('is read for whichever district the names are given of', () => {
    const tianhe = districtOf([
      { level: 'province', code: '440000', name: '广东省' },
      { level: 'city', code: '440100', name: '广州市' },
      { level: 'district', code: '440106', name: '天河区' },
    ])
    const there = addressBook([{ code: '440106001', names: ['五山街道'] }], tianhe)
    const nowhere = addressBook([{ code: '440106001', names: ['五山街道'] }])
    expect(there('广东省广州市天河区无名路8号').village).toBe(there('广州天河无名路8号').village)
    expect(nowhere('广东省广州市天河区无名路8号').village).not.toBe(nowhere('广州天河无名路8号').village)
  })
})
