import type { Day } from '@zhulian/kernel'
import { motherColumns, type Source } from '../source.ts'

/** F17: who gave birth. */
export const birth: Source = {
  id: 'birth',
  code: 'F17',
  unit: 'health',
  name: { zh: '出生', en: 'Births' },
  content: { zh: '出生医学证明，按母亲', en: 'Birth certificates, by the mother' },
  rhythm: { zh: '每周', en: 'weekly' },
  legalBasis: {
    zh: '《母婴保健法》；区卫健局与区民政局数据共享',
    en: 'Law on Maternal and Infant Health Care; sharing between the two bureaus',
  },
  about: 'person',
  columns: [
    ...motherColumns,
    {
      key: 'childBirthDate',
      headers: ['新生儿出生日期', '出生日期', '婴儿出生日期', 'Born on'],
      kind: 'day',
      required: true,
    },
    {
      key: 'childSex',
      headers: ['新生儿性别', '性别', '婴儿性别', 'Sex of the child'],
      kind: 'choice',
      choices: { 男: 'male', '1': 'male', 女: 'female', '2': 'female' },
    },
    { key: 'certificateNo', headers: ['出生医学证明编号', '出生证编号', '出生证号', 'Certificate'], kind: 'text' },
    { key: 'birthOrder', headers: ['胎次', '孩次', 'Order'], kind: 'number', whole: true, min: 1, max: 20 },
  ],
  map({ cells }) {
    const on = cells['childBirthDate'] as Day
    return { on, person: { gaveBirthOn: on } }
  },
}
