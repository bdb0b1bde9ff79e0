import type { Field } from './people.ts'

/** What columns are called, in Chinese and English files, by the field they hold. */
const names: Readonly<Record<Field, string>> = {
  id: 'id recid recordid rowid uniqueid personid uid rid key 编号 序号 人员编号 记录编号 行号 主键 档案编号 登记编号 业务编号 受理编号 feedid registryid',
  household: 'household householdid hh hhid familyid 户号 户编号 家庭编号 户籍编号 户口编号 家庭id 户id',
  name: 'name fullname personname realname xm 姓名 名字 人员姓名 申请人 申请人姓名 户主 户主姓名 成员姓名 对象姓名 患者姓名 学生姓名 老人姓名 残疾人姓名 参保人姓名',
  givenName: 'givenname firstname forename fname given 名',
  surname: 'surname lastname familyname lname 姓 姓氏',
  sex: 'sex gender xb 性别',
  birthDate: 'dob dateofbirth birthdate birthday birth born csrq 出生日期 出生年月 出生年月日 生日 出生时间 出生',
  idNumber:
    'idno idnumber idcard idcardno idcardnumber citizenid identitynumber sfzh sfz 身份证 身份证号 身份证号码 公民身份号码 公民身份证号码 证件号码 证件号 身份号码 身份证件号码 申请人身份证号',
  number:
    'socsecid ssn socialsecuritynumber socialsecurityid nationalid nino number 社保号 社会保障号 医保号 残疾证号 卡号',
  phone:
    'phone phonenumber mobile mobilephone tel telephone cell contact contactnumber sjh lxdh 电话 手机 手机号 手机号码 联系电话 电话号码 联系方式 移动电话 联系手机',
  email: 'email mail emailaddress 邮箱 电子邮箱 电子邮件',
  address:
    'addr address fulladdress homeaddress residence 地址 住址 家庭住址 家庭地址 居住地址 户籍地址 户籍地 现住址 联系地址 常住地址 现居住地址 户口所在地 居住地 详细地址 通讯地址',
  houseNumber: 'streetnumber housenumber houseno streetno 门牌 门牌号',
  street: 'address1 addressline1 street streetname streetaddress 街道名 路名',
  locality: 'address2 addressline2 locality 小区',
  suburb: 'suburb city town towncity 城市',
  postcode: 'postcode postalcode zip zipcode postcodefake 邮编 邮政编码',
  region: 'state region province county 省 省份',
  birthPlace: 'birthplace placeofbirth birthtown 出生地 籍贯',
  occupation: 'occupation job profession 职业',
}

const fieldOf = new Map(
  Object.entries(names).flatMap(([field, words]) => words.split(' ').map(word => [word, field as Field] as const)),
)

/** A header without width, case, spaces, marks and remarks in brackets. */
const bare = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/^\uFEFF/, '')
    .replaceAll(/\(.*?\)|\[.*?\]/g, '')
    .replaceAll(/[\s*:_\-/、。."'“”]/g, '')
    .toLowerCase()

/**
 * Guesses what each column of a file is: by its header alone, each field once, the first that fits.
 * @returns the position of each field's column
 * @example guessColumns(['编号', '姓名', '身份证号']) // { id: 0, name: 1, idNumber: 2 }
 */
export function guessColumns(header: readonly string[]): Partial<Record<Field, number>> {
  const found: Partial<Record<Field, number>> = {}
  for (const [at, title] of header.entries()) {
    const word = bare(title)
    const field = fieldOf.get(word) ?? fieldOf.get(word.replace(/^(left|right|feed|registry|src|dst)/, ''))
    if (field && found[field] === undefined) found[field] = at
  }
  return found
}
