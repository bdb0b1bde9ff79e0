import type { Id } from '@zhulian/kernel'
import type { ContractRow, OrganisationKind, QualificationRow, Stage } from './tables.ts'

export interface MadeUpOrganisation {
  readonly id: Id
  readonly kind: OrganisationKind
  readonly name: string
  readonly seat: string
  readonly purpose: string
  readonly contact: string
  /** From the first to the one of today. */
  readonly stages?: readonly Exclude<Stage, 'left'>[]
  readonly why?: string
  readonly capacity: readonly { readonly service: string; readonly places: number; readonly area: readonly string[] }[]
  readonly papers?: readonly {
    readonly kind: QualificationRow['kind']
    readonly number: string
    readonly validDays?: number
  }[]
  readonly contract?: Pick<ContractRow, 'kind' | 'subject'> & {
    readonly amountFen: number
    readonly provenance?: string
    readonly services?: string[]
    readonly hub?: string
    readonly months: number
    readonly monthsAgo?: number
    /** Instead of when it began. */
    readonly daysLeft?: number
  }
}

const idOf = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}` as Id
const whole = ['330111']
const yuan = 100

/** The one that the made-up colleague of an organisation works for, and the one that runs the district's hub. */
export const madeUpProvider = idOf(1)
export const madeUpOperator = idOf(2)
/** The one that teaches children. */
export const madeUpTutors = idOf(6)

/** Names are made up; what the source tells of a place is marked S01, every other amount is an example. */
export const madeUpOrganisations: readonly MadeUpOrganisation[] = [
  {
    id: madeUpOperator,
    kind: 'socialOrganisation',
    name: '富联社会服务中心（示例）',
    seat: '330111001',
    purpose: '枢纽型社会组织：参与运营区级助联体，统筹救助资源，孵化本地社会组织',
    contact: '区级助联体服务台（示例）',
    capacity: [
      { service: 'S-B2', places: 30, area: whole },
      { service: 'S-B3', places: 10, area: whole },
      { service: 'S-D2', places: 60, area: whole },
    ],
    papers: [
      { kind: 'registration', number: '示例-0001' },
      { kind: 'socialWork', number: '示例-0002', validDays: 400 },
    ],
    contract: {
      kind: 'operation',
      subject: '区级助联体运营，三年240万元',
      hub: 'fuchun',
      amountFen: 2_400_000 * yuan,
      provenance: 'S01',
      months: 36,
      monthsAgo: 14,
    },
  },
  {
    id: madeUpProvider,
    kind: 'socialOrganisation',
    name: '暖心助老服务社（示例）',
    seat: '330111001',
    purpose: '助餐送餐、助洁助浴、陪诊',
    contact: '服务社办公室（示例）',
    stages: ['seedling', 'incubating'],
    why: '按季度评估：财务已独立，能独立承接送餐',
    capacity: [
      { service: 'S-A1', places: 120, area: ['330111001', '330111002', '330111004', '330111109'] },
      { service: 'S-A2', places: 40, area: ['330111001', '330111109'] },
      { service: 'S-A3', places: 25, area: whole },
    ],
    papers: [
      { kind: 'registration', number: '示例-0101' },
      { kind: 'food', number: '示例-0102', validDays: 210 },
    ],
    contract: {
      kind: 'services',
      subject: '助老服务购买',
      services: ['S-A1', 'S-A2', 'S-A3'],
      amountFen: 480_000 * yuan,
      provenance: 'I',
      months: 24,
      monthsAgo: 8,
    },
  },
  {
    id: idOf(3),
    kind: 'publicBody',
    name: '新城就业服务中心',
    seat: '330111005',
    purpose: '订单式培训，边培训、边就业',
    contact: '培训部（示例）',
    capacity: [{ service: 'S-C2', places: 60, area: whole }],
    papers: [{ kind: 'training', number: '示例-0201', validDays: 700 }],
    contract: {
      kind: 'cooperation',
      subject: '东洲助联体与订单式培训',
      hub: 'dongzhou',
      amountFen: 300_000 * yuan,
      provenance: 'I',
      months: 24,
      monthsAgo: 10,
    },
  },
  {
    id: idOf(4),
    kind: 'firm',
    name: '场口人力资源公司（示例）',
    seat: '330111110',
    purpose: '就业指导、岗位推荐，跟到上岗满三个月',
    contact: '招聘部（示例）',
    capacity: [
      { service: 'S-C3', places: 35, area: ['330111110', '330111204', '330111111', '330111112', '330111200'] },
    ],
    papers: [{ kind: 'employmentAgency', number: '示例-0301', validDays: 95 }],
    contract: {
      kind: 'services',
      subject: '场口助联体与岗位推荐',
      services: ['S-C3'],
      hub: 'changkou',
      amountFen: 90_000 * yuan,
      provenance: 'I',
      months: 12,
      monthsAgo: 4,
    },
  },
  {
    id: idOf(5),
    kind: 'socialOrganisation',
    name: '胥口残疾人之家（示例）',
    seat: '330111116',
    purpose: '康复训练、器材借用、套笔和直播等辅助性就业',
    contact: '之家前台（示例）',
    capacity: [
      { service: 'S-C1', places: 13, area: ['330111116', '330111115', '330111110'] },
      { service: 'S-C4', places: 20, area: ['330111116', '330111110'] },
    ],
    papers: [{ kind: 'rehabilitation', number: '示例-0401', validDays: 320 }],
    contract: {
      kind: 'services',
      subject: '胥口助联体：康复与辅助性就业',
      services: ['S-C1', 'S-C4'],
      hub: 'xukou',
      amountFen: 260_000 * yuan,
      provenance: 'I',
      months: 24,
      monthsAgo: 15,
    },
  },
  {
    id: madeUpTutors,
    kind: 'socialOrganisation',
    name: '青禾儿童服务社（示例）',
    seat: '330111109',
    purpose: '红心护航·相伴成长：课业辅导和放学后托管',
    contact: '常绿助联体（示例）',
    stages: ['seedling', 'incubating', 'mature'],
    why: '按季度评估：社工持证过半，三个学期没有安全事件',
    capacity: [
      { service: 'S-D1', places: 24, area: ['330111109', '330111117', '330111201', '330111205'] },
      { service: 'S-A5', places: 12, area: ['330111109'] },
    ],
    papers: [{ kind: 'childCare', number: '示例-0501', validDays: 60 }],
    contract: {
      kind: 'services',
      subject: '常绿助联体：相伴成长',
      services: ['S-D1', 'S-A5'],
      hub: 'changlu',
      amountFen: 180_000 * yuan,
      provenance: 'I',
      months: 12,
      daysLeft: 20,
    },
  },
  {
    id: idOf(7),
    kind: 'socialOrganisation',
    name: '渌渚孝善姐服务队',
    seat: '330111103',
    purpose: '调解家庭矛盾，帮扶妇女和老人',
    contact: '渌渚助联体（示例）',
    capacity: [
      { service: 'S-D3', places: 15, area: ['330111103'] },
      { service: 'S-B1', places: 40, area: ['330111103'] },
    ],
    contract: {
      kind: 'cooperation',
      subject: '渌渚助联体：家庭文化',
      hub: 'luzhu',
      amountFen: 0,
      months: 24,
      monthsAgo: 6,
    },
  },
  {
    id: idOf(8),
    kind: 'firm',
    name: '春风家政公司（示例）',
    seat: '330111006',
    purpose: '助洁助浴；合同已经到期',
    contact: '客服（示例）',
    capacity: [{ service: 'S-A2', places: 30, area: ['330111006', '330111115'] }],
    contract: {
      kind: 'services',
      subject: '助洁助浴服务购买',
      services: ['S-A2'],
      amountFen: 120_000 * yuan,
      provenance: 'I',
      months: 12,
      daysLeft: -12,
    },
  },
  {
    id: idOf(9),
    kind: 'socialOrganisation',
    name: '心桥心理服务站（示例）',
    seat: '330111115',
    purpose: '心理疏导、丧亲支持',
    contact: '新登助联体（示例）',
    capacity: [
      { service: 'S-B2', places: 12, area: ['330111115', '330111206', '330111105', '330111101', '330111100'] },
    ],
    papers: [{ kind: 'counselling', number: '示例-0801', validDays: -25 }],
    contract: {
      kind: 'services',
      subject: '新登助联体与心理疏导',
      hub: 'xindeng',
      amountFen: 60_000 * yuan,
      provenance: 'I',
      months: 18,
      monthsAgo: 9,
    },
  },
  {
    id: idOf(10),
    kind: 'socialOrganisation',
    name: '邻里互助社（示例）',
    seat: '330111002',
    purpose: '刚成立的志愿者团队，学着做节日关怀',
    contact: '春江街道（示例）',
    stages: ['seedling'],
    capacity: [{ service: 'S-B4', places: 20, area: ['330111002'] }],
  },
]
