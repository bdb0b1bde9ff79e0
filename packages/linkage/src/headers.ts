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

/** Of headers that are none of the words above, how those of a field are put together; not what is said of somebody else. */
const made: readonly (readonly [Field, RegExp])[] = [
  [
    'id',
    /^(?:人口|人员|居民|个人|对象|记录|数据|系统|业务|申请|受理|案件|病案|学生|参保人?)?(?:流水号|编码|编号|标识|序号)$|^(?:record|serial|row|case|resident|patient|person|client|customer|member|student|beneficiary|applicant|source)(?:id|no|num|number|code|key)$|^[ug]uid$/,
  ],
  [
    'household',
    /^(?:户籍?|家庭|住户|农户)(?:号码?|编号|编码|标识|码)$|^(?:household|family|hh)(?:id|no|num|number|code|key)$/,
  ],
  [
    'name',
    /(?:姓名|名字)$|^(?:applicant|patient|resident|citizen|person|client|customer|member|student|beneficiary|legal|complete|display)(?:full)?name$/,
  ],
  ['givenName', /^(?:given|first|fore|christian)names?$/],
  ['surname', /^(?:sur|last|family)names?$/],
  [
    'birthDate',
    /(?:出生日期|出生年月日?|出生时间|生日)$|^(?:date|day)of(?:the)?birth$|^[a-z]*birth(?:day|date|dt)$|^bdate$/,
  ],
  [
    'idNumber',
    /(?:身份证|证件|证照|身份)(?:件?号码?|编号)$|^(?:citizen|national|resident|personal|chinese)?(?:id|identity|identification)(?:card|document)?(?:no|num|number|code)$/,
  ],
  [
    'phone',
    /(?:电话|手机|联系方式)(?:号码?)?$|^(?:home|mobile|cell|contact|tele)?(?:phone|telephone|tel|mobile|cell)(?:no|num|number)?$/,
  ],
  [
    'address',
    /(?:地址|住址|居地|居住地)$|^(?:home|residential|current|mailing|postal|permanent|registered|present)address$/,
  ],
]
const ofAnother =
  /父|母|监护|配偶|丈夫|妻子|子女|亲属|紧急|联系人|经办|代办|代理|单位|公司|工作|学校|医院|机构|银行|村名|曾用/

/** A header without width, case, spaces, marks and remarks in brackets. */
const bare = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/^\uFEFF/, '')
    .replaceAll(/\(.*?\)|\[.*?\]/g, '')
    .replaceAll(/[\s*:_\-/、。."'“”]/g, '')
    .toLowerCase()

/**
 * Guesses what each column of a file is: by its header alone, each field once, the first that fits; known words before those that are
 * only put together like them.
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
  const taken = new Set(Object.values(found))
  for (const [at, title] of header.entries()) {
    const word = bare(title)
    if (taken.has(at) || fieldOf.has(word) || ofAnother.test(word)) continue
    const [field] = made.find(([name, form]) => found[name] === undefined && form.test(word)) ?? []
    if (field) found[field] = at
  }
  return found
}
