import type { Day } from '@zhulian/kernel'
import { headColumns, said, type Source, yuan } from '../source.ts'

/** F14: the vehicles of a household, on request only. */
export const vehicle: Source = {
  id: 'vehicle',
  code: 'F14',
  unit: 'public-security',
  name: { zh: '机动车核对', en: 'Vehicles' },
  content: { zh: '全家名下机动车（按核对请求）', en: 'Motor vehicles of a household, on request' },
  rhythm: { zh: '按核对请求', en: 'on request' },
  legalBasis: {
    zh: '《社会救助暂行办法》家庭经济状况核对；家庭书面授权',
    en: 'Interim Measures for Social Assistance, means test; with the written authorisation of the family',
  },
  about: 'household',
  dangerous: true,
  columns: [
    ...headColumns,
    {
      key: 'authorisation',
      headers: ['授权编号', '核对授权编号', '授权书编号', 'Authorisation'],
      kind: 'text',
      required: true,
    },
    {
      key: 'vehicleCount',
      headers: ['全家机动车数', '机动车数量', '名下机动车数', '车辆数', 'Vehicles'],
      kind: 'number',
      whole: true,
      required: true,
      max: 20,
    },
    {
      key: 'plateClass',
      headers: ['号牌种类', '车辆类型', 'Plate'],
      kind: 'choice',
      choices: {
        小型汽车: 'car',
        小型新能源汽车: 'car',
        大型汽车: 'lorry',
        普通摩托车: 'motorcycle',
        轻便摩托车: 'motorcycle',
        残疾人机动轮椅车: 'wheelchair',
        农用车: 'farm',
        低速车: 'farm',
        其他: 'other',
      },
    },
    {
      key: 'invoicePrice',
      headers: ['购车发票价', '发票价格', '购置价格', '车辆价格', 'Price'],
      kind: 'fen',
      max: 10_000_000_000,
    },
    { key: 'registeredAt', headers: ['登记日期', '注册登记日期', '初次登记日期', 'Registered on'], kind: 'day' },
    { key: 'checkedOn', headers: ['核对日期', '查询日期', 'Checked on'], kind: 'day', required: true },
  ],
  map({ cells }) {
    return {
      on: cells['checkedOn'] as Day,
      household: said({
        motorVehicleCount: cells['vehicleCount'],
        motorVehicleValue: yuan(cells['invoicePrice']),
      }),
    }
  },
}
