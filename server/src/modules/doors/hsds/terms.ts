import type { Words } from '@zhulian/kernel'
import { namedId } from '../../pools/index.ts'
import type { HsdsTaxonomy, HsdsTerm } from './contract.ts'

const kinds: readonly {
  readonly key: string
  readonly name: Words
  readonly terms: Readonly<Record<string, Words>>
}[] = [
  {
    key: 'service',
    name: { zh: '服务池四类', en: 'The four kinds of services' },
    terms: {
      A: { zh: '基本生活照料与支持', en: 'Basic living care and support' },
      B: { zh: '精神慰藉与疏导', en: 'Emotional comfort and counselling' },
      C: { zh: '生活与就业能力提升', en: 'Life and employment capability' },
      D: { zh: '社会适应与融入', en: 'Social adaptation and inclusion' },
    },
  },
  {
    key: 'benefit',
    name: { zh: '政策给什么', en: 'What a policy gives' },
    terms: {
      cash: { zh: '现金', en: 'Cash' },
      reduction: { zh: '减免', en: 'Reduction' },
      inKind: { zh: '实物', en: 'In kind' },
      service: { zh: '服务', en: 'Service' },
      status: { zh: '身份认定', en: 'Status' },
      loan: { zh: '贷款', en: 'Loan' },
    },
  },
]

const both = ({ zh, en }: Words) => `${zh}\n${en}`

/** One level deep: what a client understands by the top makes no difference. */
export const taxonomies: readonly HsdsTaxonomy[] = kinds.map(({ key, name }) => ({
  id: namedId('taxonomy', key),
  name: name.zh,
  description: both(name),
  version: '1',
}))

export const terms: readonly HsdsTerm[] = kinds.flatMap(({ key, terms: own }, i) => {
  const taxonomy_detail = taxonomies[i] as HsdsTaxonomy
  return Object.entries(own).map(([code, words]) => ({
    id: namedId('taxonomy term', `${key}.${code}`),
    code: `${key}.${code}`,
    name: words.zh,
    description: both(words),
    taxonomy: taxonomy_detail.name,
    taxonomy_id: taxonomy_detail.id,
    language: 'zh',
    taxonomy_detail,
  }))
})

const byCode = new Map(terms.map(term => [term.code, term]))

/** @param code `service.A`, `benefit.cash` */
export function termOf(code: string): HsdsTerm {
  const term = byCode.get(code)
  if (!term) throw new Error(`no term ${code}`)
  return term
}
