import type { Day, Id, Words } from '@zhulian/kernel'
import { Problem } from '../../platform/problem.ts'
import type { Interview, MyCase, PolicyResult, Question, Screening, ServiceResult } from '../kinds.ts'
import type { Alert, Case, CaseLine, Finding, Today } from '../guide/kinds.ts'

/** People and figures of the states are invented; place names are real. */
export const id = (n: number): Id => `01a20db1-0000-7000-8000-${String(n).padStart(12, '0')}` as Id
export const day = (text: string): Day => text as Day
export const both = (zh: string, en: string): Words => ({ zh, en })
export const idle = { busy: false, problem: undefined, clear: () => undefined }
export const busy = { ...idle, busy: true }
export const offline = { ...idle, problem: new Problem('offline', 0) }
export const faulty = { ...idle, problem: new Problem('fault', 500, { requestId: 'r-7h2k' }) }
export const refused = (detail: string) => ({ ...idle, problem: new Problem('refused', 409, { detail }) })
export const nothing = (): void => undefined

const at = '2026-11-24T02:10:00.000Z'
export const village = { code: '330111109203', name: '常绿镇青龙村' }

const stateOf = (i: number): Interview['pool'][number]['state'] =>
  i % 9 === 1 ? 'certain' : i % 4 === 0 ? 'possible' : i % 11 === 3 ? 'gone' : 'not'
const pool: Interview['pool'] = [
  ...Array.from({ length: 45 }, (_, i) => ({
    id: `P${String(i + 1).padStart(2, '0')}`,
    kind: 'policy' as const,
    name: both(`第 ${i + 1} 项政策`, `Policy ${i + 1}`),
    state: stateOf(i),
    because: stateOf(i) === 'not' ? both('家里没有在读的孩子', 'No child of the family is at school') : null,
  })),
  ...Array.from({ length: 17 }, (_, i) => ({
    id: `S${i + 1}`,
    kind: 'service' as const,
    name: both(`第 ${i + 1} 项服务`, `Service ${i + 1}`),
    state: stateOf(i + 2),
    because: null,
  })),
]
const count = (state: string) => pool.filter(tile => tile.state === state).length

export const question: Question = {
  key: 'household.seriousIllness',
  fact: 'household.seriousIllness',
  person: null,
  kind: 'yesNo',
  title: both('家里有没有人得了大病？', 'Does anyone at home have a serious illness?'),
  hint: both(
    '像癌症、尿毒症、白血病、心脏大手术。一起过日子的家人都算。',
    'Such as cancer, uraemia, leukaemia or heart surgery; everyone you live with counts.',
  ),
  why: both(
    '医疗救助、参保资助和陪诊都看这一条。',
    'Medical assistance, insurance subsidies and hospital escorts depend on it.',
  ),
  settles: {
    count: 6,
    names: [
      both('医疗救助', 'medical assistance'),
      both('参保资助', 'insurance subsidy'),
      both('陪诊助医', 'hospital escort'),
    ],
  },
  options: [],
  fields: [],
  min: null,
  max: null,
  unit: null,
  bands: [],
  none: null,
  unknown: both('不清楚', 'Not sure'),
  sensitive: true,
  known: null,
  draft: null,
}

export const kinds: Readonly<Record<string, Question>> = {
  'yes or no': question,
  'going back': { ...question, draft: { value: false, unknown: false } },
  'known already': {
    ...question,
    kind: 'confirm',
    title: both('系统显示，您家的证件：低保，对吗？', 'Our records say of your family: dibao. Is that right?'),
    known: {
      value: 'dibao',
      words: both('低保', 'Dibao'),
      source: both('民政的数据', 'Civil affairs'),
      kindOf: 'choice',
    },
  },
  choice: {
    ...question,
    kind: 'choice',
    title: both('现在靠什么生活？', 'What do you live by now?'),
    options: [
      { value: 'employed', label: both('上班', 'Employed') },
      { value: 'farming', label: both('种地', 'Farming') },
      { value: 'retired', label: both('退休', 'Retired') },
    ],
  },
  several: {
    ...question,
    kind: 'several',
    title: both('您这半年有哪些收入？', 'What income have you had?'),
    options: [
      { value: 'wage', label: both('工资', 'Wages') },
      { value: 'pension', label: both('养老金', 'Pension') },
    ],
  },
  who: {
    ...question,
    kind: 'who',
    title: both('家里谁有残疾人证？', 'Who has a disability certificate?'),
    options: [
      { value: 'a', label: both('我自己', 'Myself') },
      { value: 'b', label: both('小禾', 'Xiao He') },
    ],
  },
  money: {
    ...question,
    kind: 'money',
    title: both('全家存款大约多少？', 'About how much has the family saved?'),
    unit: both('元', 'yuan'),
    none: both('没有', 'None'),
  },
  'rough amounts': {
    ...question,
    kind: 'money',
    title: both('全家存款大约多少？', 'About how much has the family saved?'),
    unit: both('元', 'yuan'),
    bands: [
      { label: both('没有', 'None'), value: 0, min: 0, max: 1 },
      { label: both('1 万元以内', 'Up to 10,000'), value: null, min: 1, max: 10_000 },
      { label: both('1 万元以上', '10,000 or more'), value: null, min: 10_000, max: null },
    ],
    draft: { value: 3000, unknown: false },
  },
  date: { ...question, kind: 'date', title: both('这份工作哪天开始的？', 'When did this job begin?') },
  text: { ...question, kind: 'text', title: both('还有什么想说的？', 'Anything else?') },
  place: { ...question, kind: 'place', title: both('您家住在哪里？', 'Where do you live?') },
  list: {
    ...question,
    kind: 'list',
    title: both('最近一年，家里发生过这些事吗？', 'Did any of these happen?'),
    fields: [
      {
        name: 'kind',
        label: both('什么事', 'What'),
        kind: 'choice',
        options: [{ value: 'fire', label: both('火灾', 'Fire') }],
        min: null,
        max: null,
        unit: null,
      },
    ],
    draft: { value: [{ kind: 'fire' }], unknown: false },
  },
}

export const interview: Interview = {
  id: id(1),
  version: 8,
  state: 'open',
  on: day('2026-11-24'),
  village,
  onBehalfOf: null,
  startedAt: at,
  changedAt: at,
  next: question,
  progress: {
    possible: count('possible'),
    certain: count('certain'),
    not: count('not'),
    justGone: count('gone'),
    answered: 7,
    atMostLeft: 4,
    saved: 22,
    words: both('还有几项可能适合您家', 'Some may still fit'),
  },
  pool,
  members: [
    { key: 'a', callName: '陆奶奶', relation: '02', birthDate: day('1949-07-01'), age: 77, sex: 'female', self: true },
    { key: 'b', callName: '小禾', relation: '40', birthDate: null, age: 13, sex: 'female', self: false },
  ],
  answers: [
    {
      key: 'household.certifiedTier',
      title: both('家里现在有低保证吗？', 'Is there a dibao certificate?'),
      words: both('没有', 'No'),
      person: null,
      from: 'answer',
    },
    {
      key: 'household.housingCount',
      title: both('全家一共有几套住房？', 'How many homes has the family?'),
      words: both('不清楚', 'Not sure'),
      person: null,
      from: 'unknown',
    },
  ],
  depth: 'everything',
  undecided: { improbable: 0, others: 3 },
  calm: null,
  consent: { useRegistry: false },
  screening: null,
}

export const calm: NonNullable<Interview['calm']> = {
  words: both(
    '有难处，随时可以打这些电话，有人听您说。',
    'If things are hard, someone will listen at these numbers at any time.',
  ),
  numbers: [{ number: '12345', words: both('政务服务热线', 'Public service line') }],
}

const policy: PolicyResult = {
  key: 'P01',
  id: 'P01',
  name: both('最低生活保障（低保）', 'Minimum living allowance (dibao)'),
  summary: both('按人头补足到标准。', 'Income is made up to the line.'),
  person: null,
  unit: both('区民政局', 'Civil Affairs Bureau'),
  group: 'canApply',
  money: {
    amount: 2403,
    atLeast: null,
    period: 'month',
    words: both('约 2,403 元/月', 'about 2,403 yuan a month'),
    example: true,
  },
  reasons: [
    {
      words: both('人均收入 500 元，低于标准 1,301 元', '500 yuan a head, below the line of 1,301'),
      holds: true,
      sources: [{ words: both('医保的数据', 'Data of 医保'), on: day('2026-11-01') }],
    },
    {
      words: both('没有汽车、店面，住房只有一处', 'No car, no shop, one home'),
      holds: true,
      sources: [{ words: both('医保的数据', 'Data of 医保'), on: day('2026-11-01') }],
    },
  ],
  missing: [],
  gap: [],
  conditional: null,
  excluded: null,
  choice: null,
  formula: both('(1,301 − 500) × 3 人 = 2,403 元', '(1,301 − 500) × 3 people = 2,403 yuan'),
  materials: [
    both('户口簿、身份证', 'Household register, identity card'),
    both('核对授权书', 'Authorisation of the means check'),
  ],
  whereToGo: both('常绿镇便民服务中心，或请导服员代办', 'Township service centre, or ask the guide'),
  howLong: both('镇里 15 个工作日', '15 working days in the township'),
  example: true,
}
const service: ServiceResult = {
  key: 'S-D1:b',
  id: 'S-D1',
  name: both('学业辅导与成长陪伴', 'Tutoring and mentoring'),
  summary: both('大学生志愿者每周来辅导。', 'University volunteers come every week.'),
  person: { key: 'b', callName: '小禾' },
  group: 'canApply',
  reasons: [
    {
      words: both('在读初中', 'In junior school'),
      holds: true,
      sources: [{ words: both('医保的数据', 'Data of 医保'), on: day('2026-11-01') }],
    },
  ],
  missing: [],
  gap: [],
  dose: both('每周 2 小时', '2 hours a week'),
  price: both('免费', 'free'),
  example: false,
}

export const screening: Screening = {
  id: id(2),
  interview: id(1),
  on: day('2026-11-24'),
  judgedAt: at,
  poolVersion: 'abc',
  village,
  onBehalfOf: null,
  headline: both('3 项帮助，现在就能申请', '3 kinds of help can be applied for now'),
  counts: { canApply: 3, almost: 1, notNow: 1, answered: 11, saved: 22 },
  perMonth: {
    amount: 3015,
    atLeast: null,
    period: 'month',
    words: both('约 3,015 元/月', 'about 3,015 yuan a month'),
    example: true,
  },
  policies: [
    policy,
    {
      ...policy,
      key: 'P09:b',
      id: 'P09',
      name: both('困境儿童分类补助', 'Allowance for children in difficulty'),
      person: { key: 'b', callName: '小禾' },
      money: {
        amount: 612,
        atLeast: null,
        period: 'month',
        words: both('约 612 元/月', 'about 612 yuan a month'),
        example: true,
      },
      conditional: both('低保批下来后才有', 'Only once dibao is granted'),
    },
    {
      ...policy,
      key: 'P15',
      id: 'P15',
      name: both('医疗救助', 'Medical assistance'),
      group: 'almost',
      money: null,
      missing: [
        {
          question: 'household.medicalSelfPaid12m',
          words: both('今年看病自己出了多少钱？', 'How much did you pay for treatment?'),
          askedOf: 'guide',
        },
      ],
    },
    {
      ...policy,
      key: 'P20',
      id: 'P20',
      name: both('灵活就业社会保险补贴', 'Insurance subsidy for odd jobs'),
      group: 'notNow',
      money: null,
      reasons: [
        {
          words: both('没有认定为就业困难人员', 'Not recognised as hard to place'),
          holds: false,
          sources: [{ words: both('本人说', 'Said by the family'), on: day('2026-11-01') }],
        },
      ],
      gap: [
        both(
          '认定为就业困难人员：现在是“否”，这一项要求“是”',
          'Recognised as hard to place: now “no”, this one asks for “yes”',
        ),
      ],
    },
  ],
  services: [service],
  members: interview.members,
  nearest: { name: '徐晓雯', office: both('常绿镇青龙村导服员', 'Guide of Qinglong village'), phone: '057100000000' },
  needs: {
    title: both('您家现在最需要哪方面的帮助？', 'What help does your family need most now?'),
    options: [
      { value: 'S-A1', label: both('吃饭送餐', 'Meals') },
      { value: 'S-D1', label: both('孩子补课', 'Tutoring') },
      { value: 'other', label: both('别的', 'Something else') },
    ],
  },
  consents: [
    {
      kind: 'tellGuide',
      given: false,
      textVersion: '2021-09',
      text: both(
        '我同意把这次的结果给本村的导服员看，用来帮我办理。',
        'I agree that the guide of my village may see this result to help me.',
      ),
      givenAt: null,
      withdrawnAt: null,
    },
  ],
  calm: null,
  caution: both('这是预先比对，最后由镇里和区里决定。', 'This is a first match; the township and the district decide.'),
}

export const myCase: MyCase = {
  id: id(3),
  submission: id(4),
  state: 'visited',
  sentence: both(
    '导服员到您家看过了，接下来帮您递交申请。',
    'Your guide has visited and will file the application next.',
  ),
  wants: [policy.name],
  handedInAt: at,
  canTakeBackUntil: null,
  screening: id(2),
  consentGiven: true,
  nextBy: day('2026-11-30'),
  steps: [
    { on: day('2026-11-22'), words: both('您交来了', 'You handed it in'), office: both('您本人', 'Yourself') },
    {
      on: day('2026-11-23'),
      words: both('有人接手了', 'Somebody took it'),
      office: both('村里的导服员', 'The village guide'),
    },
  ],
  outcome: null,
  questions: [],
  mayAsk: true,
}

export const line: CaseLine = {
  id: id(3),
  name: '陆*兰',
  village,
  state: 'new',
  stateWords: both('待接手', 'waiting'),
  clock: { words: both('接手', 'take it'), dueOn: day('2026-11-25'), daysLeft: 1, state: 'near' },
  holder: null,
  mine: false,
  cameInAt: at,
  changedAt: at,
  wants: [policy.name, service.name],
  questionOpen: false,
}
export const lateLine: CaseLine = {
  ...line,
  id: id(5),
  name: '盛*根',
  state: 'accepted',
  stateWords: both('已接手', 'taken'),
  holder: '徐晓雯',
  mine: true,
  questionOpen: true,
  clock: { words: both('联系', 'reach them'), dueOn: day('2026-11-20'), daysLeft: -2, state: 'late' },
}

export const oneCase: Case = {
  ...line,
  version: 1,
  fullName: '陆秀兰',
  phone: '13800013800',
  note: '上午在家；听力不好，请大声点',
  screening: id(2),
  consent: 'stands',
  needs: { items: [both('助餐送餐', 'meals brought home')], words: '中午想有人送饭', heard: false },
  mayKnowFamily: true,
  consentWords: both('同意让导服员看', 'agreed'),
  household: null,
  steps: [{ at, step: 'submit', words: both('交来了结果', 'handed in the result'), by: '本人', note: null }],
  filings: [],
  checklists: [
    { policy: { id: 'P01', name: policy.name }, person: null, whereToGo: policy.whereToGo, papers: policy.materials },
  ],
  outcome: null,
  questions: [],
  next: [{ step: 'accept', words: both('我来办', 'I take it'), asks: [], main: true }],
}

export const today: Today = {
  sentence: both('办完前两件，今天就稳了。', 'Two things, and today is in order.'),
  nextThree: [
    {
      case: id(5),
      words: both('联系盛*根', 'Reach 盛*根'),
      consequence: both('逾期 2 个工作日', '2 working days late'),
      step: 'contact',
      late: true,
    },
    {
      case: id(3),
      words: both('接下陆*兰的事', 'Take 陆*兰’s case'),
      consequence: both('还有 1 个工作日', '1 working day left'),
      step: 'accept',
      late: false,
    },
  ],
  due: [lateLine],
  cameIn: [line],
  counts: {
    open: 2,
    late: 1,
    dueToday: 0,
    dueThisWeek: 1,
    newToday: 1,
    questions: 1,
    protectedOpen: 0,
    closedThisWeek: 3,
  },
  week: [],
  nextDueOn: day('2026-11-25'),
}

export const alert: Alert = {
  id: id(80),
  rule: 'R20',
  name: both('火灾或受灾', 'Fire or disaster'),
  level: 'red',
  state: 'raised',
  stateWords: both('待接手', 'Waiting'),
  version: 1,
  household: { id: id(71), head: '沈*珍', size: 3 },
  person: null,
  place: { code: village.code, name: '青龙村', township: '常绿镇' },
  occurredOn: day('2026-11-23'),
  raisedAt: '2026-11-24T01:00:00.000Z' as never,
  clock: { at: '2026-11-24T05:00:00.000Z' as never, on: day('2026-11-24'), state: 'plenty', likelyAt: null },
  holder: null,
  mine: false,
  times: 1,
  ceasedOn: null,
  careful: false,
  audience: 'village',
  points: 6,
  firstAction: both('24 小时内安置，看受灾救助和临时救助', 'Shelter within 24 hours; disaster relief'),
  why: [both('火灾或受灾日 2026-11-23', 'Fire or disaster on: 2026-11-23')],
  facts: [
    {
      label: both('火灾或受灾日', 'Fire or disaster on'),
      person: null,
      value: both('2026-11-23', '2026-11-23'),
      source: 'feed',
      origin: '区应急管理局',
      asOf: day('2026-11-24'),
    },
  ],
  counted: [],
  missing: [],
  leadsTo: [],
  card: null,
  steps: [],
  next: [{ step: 'take', words: both('我来处理', 'I take it'), asks: [], main: true }],
  task: null,
  judgedOn: day('2026-11-24'),
  poolVersion: '2f6c1e9a',
}

export const finding: Finding = {
  id: id(70),
  kind: 'unclaimed',
  state: 'open',
  stateWords: both('等人去看', 'Waiting'),
  version: 1,
  policy: { id: 'P13', name: both('困难残疾人生活补贴', 'Living subsidy for disabled people in hardship') },
  household: { id: id(71), head: '沈*珍', size: 3 },
  person: { id: id(72), name: '沈*珍' },
  place: { code: village.code as never, name: '青龙村', township: '常绿镇' },
  amountAYear: 6000,
  conditionalOn: null,
  example: true,
  foundOn: day('2026-11-24'),
  goneOn: null,
  takenBy: null,
  outcome: null,
  outcomeWords: null,
  closedAt: null,
  judgedOn: day('2026-11-24'),
  poolVersion: '2f6c1e9a',
  because: [
    { words: both('沈*珍有残疾证，一级', 'Shen Azhen holds a disability certificate, level one'), holds: true },
    { words: both('户口在富阳', 'Registered in Fuyang'), holds: true },
  ],
  receives: [],
  benefit: both('每月 500 元', '500 yuan a month'),
  apply: both('到村里或镇残联窗口申请', 'Apply at the village or at the township window'),
  materials: [both('身份证', 'Identity card'), both('残疾人证', 'Disability certificate')],
  note: null,
  closedBy: null,
  steps: [{ step: 'take', words: both('我去看看', 'I look into it') }],
  outcomes: [
    { outcome: 'applied', words: both('已经帮忙申请', 'Applied for') },
    { outcome: 'receives', words: both('其实在领', 'Receives it already') },
    { outcome: 'unreachable', words: both('多次联系不上', 'Could not be reached') },
  ],
}
