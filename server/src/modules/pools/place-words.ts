/**
 * Where in a document something stands, in words: `materials.0.en` is 材料第1条英文. Of a file the place stays as the file
 * has it, and so does what has no words.
 */
export const placeWords = (where: string): string =>
  /\.yaml\b/.test(where)
    ? where
    : where
        .split(' ')
        .map(part => (part.split('.').some(step => step in names) ? stepsOf(part) : part))
        .join(' ')

const stepsOf = (part: string): string =>
  part
    .split('.')
    .map(step => (/^\d+$/.test(step) ? `第${Number(step) + 1}条` : (names[step] ?? step)))
    .join('')

const names: Readonly<Record<string, string>> = {
  name: '名称',
  summary: '说明',
  unit: '单位',
  versions: '时期',
  rows: '数',
  from: '从哪天起',
  until: '到哪天前',
  value: '数值',
  condition: '什么人可以',
  benefit: '给什么',
  amount: '怎么算',
  atLeast: '至少多少',
  period: '多久一次',
  words: '说法',
  provenance: '出处',
  materials: '材料',
  procedure: '办理',
  apply: '到哪里申请',
  level: '谁来定',
  steps: '步骤',
  workingDays: '时限',
  legalBasis: '依据',
  notes: '备注',
  levels: '级别',
  occurrence: '哪天发生',
  careful: '什么时候不发给村里',
  windowDays: '多少天里算同一件',
  proofMonths: '解除前要稳定多久',
  firstAction: '先做什么',
  leadsTo: '可以办的政策和服务',
  turns: '哪些日子要重看',
  items: '打分',
  bands: '档',
  points: '分数',
  cases: '算例',
  household: '家庭',
  persons: '成员',
  expect: '应有的结果',
  on: '日期',
  zh: '中文',
  en: '英文',
}
