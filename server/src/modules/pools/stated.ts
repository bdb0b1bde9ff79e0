/** The label of a yes or no as a statement: 有残疾人证, 没有残疾人证; 是留守儿童, 不是留守儿童. */
export function stated(label: string, holds: boolean): string {
  if (holds) return isNoun.test(label) ? `是${label}` : label
  if (label.startsWith('没有')) return label.slice(1)
  if (experience.test(label)) return label.replace(experience, '没有$&')
  if (/^有(?!劳动能力的)/.test(label)) return `没${label}`
  if (label.startsWith('得了')) return `没有得${label.slice(2)}`
  if (wish.test(label)) return `不${label}`
  if (event.test(label)) return `没有${label}`
  return `不是${label}`
}
const isNoun = /(儿童|家庭|户|军人|子女|学生|会员|优抚对象|持证对象|烈属|重度残疾|唯一住房)$/
const experience = /(享受|卖|领|做|办|付)过/
const wish = /^(需要|愿意|想|会|同意|健在)/
const event = /^(住校|转移安置|失智|高消费|罕见病|认定为|选择|医院诊断|因灾|今年考上|冬春|基本生活|生命危险|用电|失信)/
