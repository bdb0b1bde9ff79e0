import type { Day } from '@zhulian/kernel'
import { said, type Source, whoColumns } from '../source.ts'

/** F23: who called the hotline, about what, how often. */
export const hotline: Source = {
  id: 'hotline',
  code: 'F23',
  unit: 'hotline',
  name: { zh: '12345 和民呼必应', en: 'Hotline requests' },
  content: { zh: '求助类别、次数、办理情况', en: 'Kind of request, how often, handled or not' },
  rhythm: { zh: '每天', en: 'daily' },
  legalBasis: {
    zh: '政务服务便民热线数据共享；来电人同意转办',
    en: 'Sharing of the government hotline; with the consent of the caller',
  },
  about: 'household',
  columns: [
    ...whoColumns,
    {
      key: 'receivedOn',
      headers: ['来电日期', '受理日期', '受理时间', '来电时间', 'Received on'],
      kind: 'day',
      required: true,
    },
    {
      key: 'category',
      headers: ['诉求类别', '来电类别', '事项类别', '问题类别', 'Category'],
      kind: 'choice',
      required: true,
      choices: {
        基本生活: 'living',
        生活困难: 'living',
        社会救助: 'living',
        看病: 'medical',
        医疗: 'medical',
        医疗救助: 'medical',
        住房: 'housing',
        危房: 'housing',
        就业: 'work',
        就业和工资: 'work',
        欠薪: 'work',
        工资: 'work',
        上学: 'education',
        教育: 'education',
        照料: 'care',
        养老照护: 'care',
        纠纷: 'dispute',
        矛盾纠纷: 'dispute',
        其他: 'other',
      },
    },
    {
      key: 'count30',
      headers: ['近30天同类次数', '30天内同类来电次数', '同类诉求次数', 'Calls in 30 days'],
      kind: 'number',
      whole: true,
      required: true,
      min: 1,
      max: 999,
    },
    { key: 'handled', headers: ['是否办结', '办结', '办理状态', 'Handled'], kind: 'yesNo' },
  ],
  map({ cells }) {
    return {
      on: cells['receivedOn'] as Day,
      household: said({ hotlineSameCategory30: cells['count30'], hotlineCategory: cells['category'] }),
    }
  },
}
