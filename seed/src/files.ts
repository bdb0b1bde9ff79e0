import { addMonths, type Day, type DivisionCode, idCheckCharacter } from '@zhulian/kernel'
import type { FactDocument } from '@zhulian/rules'
import { importRowsOf, type MadeUpFile } from '../../server/src/modules/feeds/index.ts'
import { type DistrictOptions, madeUpDistrict } from './district.ts'
import { townships, villages } from './divisions.ts'
import type { MadeUpHousehold } from './household.ts'

const scope = '330111109' as DivisionCode
const who = ['户编号', '与户主关系', '姓名', '身份证号', '镇街', '村（社区）']

/**
 * Two files of a township: one that brought new wages, and one that waits to be looked at, with rows to mend as
 * offices send them.
 */
export function madeUpFiles(options: DistrictOptions, facts: readonly FactDocument[]): MadeUpFile[] {
  const some = householdsOf(options, 40)
  const names = new Map(townships().map(t => [t.code, t.name]))
  const places = new Map(villages().map(v => [v.code, { name: v.name, township: names.get(v.code.slice(0, 9)) ?? '' }]))
  const [header = [], ...all] = [...importRowsOf(some, facts, places)]
  const pick = (columns: readonly string[]) => (row: (typeof all)[number]) => columns.map(c => row[header.indexOf(c)])
  const waged = [...who, '工资']
  const wages = all
    .map(pick(waged))
    .filter(row => typeof row[6] === 'number' && row[6] > 0)
    .map((row, i) => (i % 3 === 0 ? [...row.slice(0, 6), Number(row[6]) + 260] : row))
  const listed = [...who, '办过失业登记', '登记失业月数', '备注']
  const registered = pick(['办过失业登记', '登记失业月数'])
  const jobless = all.slice(0, 18).map(row => [...pick(who)(row), ...registered(row), ''])
  const asOf = `${addMonths(options.today, -1).slice(0, 7)}-01` as Day
  const base = { scope, asOf, origin: '人社' }
  return [
    { ...base, name: '常绿镇工资核对.xlsx', format: 'xlsx', rows: [waged, ...wages], applied: true },
    {
      ...base,
      name: '失业登记月报.csv',
      format: 'csv',
      rows: [listed, ...jobless, ...faulty()],
      applied: false,
    },
  ]
}

function householdsOf(options: DistrictOptions, most: number): MadeUpHousehold[] {
  const found: MadeUpHousehold[] = []
  let looked = 0
  for (const household of madeUpDistrict(options)) {
    if (household.division.startsWith(scope)) found.push(household)
    if (found.length >= most || ++looked > 5000) break
  }
  return found
}

/** The last prefixes there are: no household of the district comes to them. */
const number = (n: number, birth: string) => {
  const first = `3389${99 - n}${birth}000`
  return first + idCheckCharacter(first)
}

/** New families, and what goes wrong with numbers, places and relations in such files. */
function faulty(): string[][] {
  const place = ['常绿镇', '青龙村']
  const rest = ['是', '3', '']
  const good = number(0, '19710412')
  return [
    ['FY-RS-0001', '户主', '喻国平', good, ...place, ...rest],
    ['FY-RS-0002', '户主', '羊建芳', number(1, '19760820'), '常绿镇', '五联村', ...rest],
    ['FY-RS-0003', '户主', '章红军', '3.30111E+17', ...place, ...rest],
    ['FY-RS-0004', '户主', '骆亚娟', `${good.slice(0, 17)}${good.endsWith('1') ? '2' : '1'}`, ...place, ...rest],
    ['FY-RS-0005', '户主', '喻国平', good, ...place, ...rest],
    ['FY-RS-0006', '户主', '史学明', number(2, '19800105'), '常绿镇', '常青村', ...rest],
    ['FY-RS-0007', '室友', '俞晓东', number(3, '19830716'), ...place, ...rest],
    ['FY-RS-0008', '户主', '申屠春华', number(4, '19690228'), ...place, '是', '半年多', ''],
  ]
}
