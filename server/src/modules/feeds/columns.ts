import type { Day } from '@zhulian/kernel'
import type { Words } from '@zhulian/kernel'
import type { FactDocument } from '@zhulian/rules'

/** What a column of the file stands for. */
export interface ImportColumn {
  /** Stable name, also accepted as a header. */
  readonly key: string
  readonly header: Words
  /** Other headers that mean the same. */
  readonly also: readonly string[]
  readonly required: boolean
  /** Undefined for the columns that say who and where. */
  readonly fact?: { readonly owner: 'household' | 'person'; readonly name: string; readonly document: FactDocument }
}

const who: readonly Omit<ImportColumn, 'fact'>[] = [
  {
    key: 'householdNo',
    header: { zh: '户编号', en: 'Household number' },
    also: ['家庭编号', '户号', '户籍编号'],
    required: true,
  },
  {
    key: 'relation',
    header: { zh: '与户主关系', en: 'Relation to the head' },
    also: ['关系', '家庭关系', '是户主的什么人'],
    required: true,
  },
  { key: 'name', header: { zh: '姓名', en: 'Name' }, also: ['成员姓名', '名字'], required: true },
  {
    key: 'idNumber',
    header: { zh: '身份证号', en: 'Identity number' },
    also: ['身份证号码', '公民身份号码', '证件号码', '身份证'],
    required: true,
  },
  { key: 'phone', header: { zh: '手机号', en: 'Telephone' }, also: ['联系电话', '电话', '手机'], required: false },
  {
    key: 'villageCode',
    header: { zh: '村（社区）代码', en: 'Village code' },
    also: ['村代码', '区划代码', '村社区代码'],
    required: false,
  },
  {
    key: 'township',
    header: { zh: '镇街', en: 'Township' },
    also: ['镇（街道）', '乡镇', '乡镇街道', '街道'],
    required: false,
  },
  {
    key: 'village',
    header: { zh: '村（社区）', en: 'Village' },
    also: ['村社区', '村', '社区', '行政村'],
    required: false,
  },
]

/** The facts a file may bring, in the order of the template. Label, type and choices stand in the dictionary. */
const facts = [
  'household.certifiedTier',
  'household.tierSince',
  'household.exitedTierWithin',
  'household.lowIncomeFarmer',
  'household.formerPoor',
  'household.monitorClass',
  'household.hasLocalHukouOrPermit',
  'household.meansTestConsent',
  'household.hukouNature',
  'household.residenceType',
  'person.alive',
  'person.maritalStatus',
  'person.livingAlone',
  'person.hukouDivisionCode',
  'person.hasDisabilityCertificate',
  'person.disabilityKind',
  'person.disabilityLevel',
  'person.lostWorkCapacityDisabled',
  'person.seriousIllness',
  'person.seriousIllnessKinds',
  'person.chronicDiseaseCount',
  'person.careLevelAssessed',
  'person.medicalInsurance',
  'person.studentStage',
  'person.isFullTimeStudent',
  'person.boarding',
  'person.dropoutRisk',
  'person.employmentStatus',
  'person.registeredUnemployed',
  'person.registeredUnemployedMonths',
  'person.jobDifficultyRecognised',
  'person.pensionScheme',
  'person.wageMonthly',
  'person.businessIncomeMonthly',
  'person.propertyIncomeMonthly',
  'person.pensionMonthly',
  'person.otherTransferMonthly',
  'person.uncountedIncomeMonthly',
  'person.obligorCount',
  'person.allObligorsUnable',
  'person.orphanClass',
  'household.financialAssets',
  'household.motorVehicleCount',
  'household.motorVehicleValue',
  'household.housingCount',
  'household.nonResidentialPropertyCount',
  'household.housingTenure',
  'household.housingArea',
  'household.dwellingDangerLevel',
  'household.medicalSelfPaid12m',
  'household.educationExpense12m',
  'household.rehabExpense12m',
]

export type Dictionary = ReadonlyMap<string, FactDocument>

export const dictionaryOf = (documents: readonly FactDocument[]): Dictionary => new Map(documents.map(d => [d.name, d]))

const made = new WeakMap<Dictionary, readonly ImportColumn[]>()

/** Every column of the template. A fact the district's dictionary does not have is left out. */
export function importColumns(dictionary: Dictionary): readonly ImportColumn[] {
  let columns = made.get(dictionary)
  if (!columns) {
    const ofFacts = facts.flatMap((name): ImportColumn[] => {
      const document = dictionary.get(name)
      if (!document) return []
      const [owner, bare] = [
        name.startsWith('household.') ? 'household' : 'person',
        name.slice(name.indexOf('.') + 1),
      ] as const
      return [
        { key: name, header: document.label, also: [bare], required: false, fact: { owner, name: bare, document } },
      ]
    })
    made.set(dictionary, (columns = [...who, ...ofFacts]))
  }
  return columns
}

/** GB/T 4761 by the words people write. */
export const relations: readonly (readonly [code: string, ...words: string[]])[] = [
  ['02', '户主', '本人', '户主本人', '01'],
  ['10', '配偶', '爱人'],
  ['11', '丈夫', '夫'],
  ['12', '妻子', '妻'],
  ['20', '儿子', '子', '长子', '次子', '三子', '独生子'],
  ['30', '女儿', '女', '长女', '次女', '三女', '独生女'],
  ['38', '儿媳'],
  ['39', '女婿'],
  ['40', '孙子女', '孙子', '孙女', '外孙', '外孙女', '外孙子', '孙子女、外孙子女'],
  ['50', '父母'],
  ['51', '父亲', '父'],
  ['52', '母亲', '母'],
  ['60', '祖父母', '祖父', '祖母', '爷爷', '奶奶', '外祖父', '外祖母', '祖父母、外祖父母'],
  ['70', '兄弟姐妹', '哥哥', '弟弟', '姐姐', '妹妹', '兄', '弟', '姐', '妹'],
  ['97', '其他亲属', '亲属', '其他'],
  ['99', '非亲属', '无亲属关系'],
]

/** An example row of the template, of a person who does not exist. */
export const sampleRow: Readonly<Record<string, string | number | Day>> = {
  householdNo: 'FY-0001',
  relation: '户主',
  name: '许文琴',
  idNumber: '330111197603020004',
  phone: '10012345678',
  villageCode: '330111109203',
  township: '常绿镇',
  village: '青龙村',
  'household.certifiedTier': '低保',
  'household.tierSince': '2020-05-01',
  'person.maritalStatus': '离婚',
  'person.employmentStatus': '上班',
  'person.wageMonthly': 900,
}
