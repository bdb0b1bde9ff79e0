import type { Words } from '@zhulian/kernel'
import type { FaultCode } from '../sources/fault.ts'

type Why = FaultCode | 'recordAgain' | 'notCompared' | 'movedMeanwhile' | 'totals' | 'note' | 'headerAgain'

/** Kinds of faults in a few words, for counts; the whole sentence stands beside each row. */
const kinds: Readonly<Record<Why, Words>> = {
  cellTooLong: { zh: '内容太长', en: 'too long' },
  missing: { zh: '没有填', en: 'missing' },
  nobody: { zh: '认不出是谁', en: 'nobody named' },
  nameNotName: { zh: '不像姓名', en: 'no name' },
  idLostDigits: { zh: '身份证号被当成数字', en: 'identity number kept as a number' },
  idLength: { zh: '身份证号位数不对', en: 'identity number of the wrong length' },
  idCharacters: { zh: '身份证号有不该有的字符', en: 'identity number with wrong characters' },
  idBirthDate: { zh: '身份证号里的生日不存在', en: 'identity number with no such birth date' },
  idFuture: { zh: '身份证号里的生日还没到', en: 'identity number with a birth date ahead' },
  idTooOld: { zh: '身份证号算出来超过130岁', en: 'identity number of somebody above 130' },
  idCheckDigit: { zh: '身份证号末位对不上', en: 'identity number that does not check' },
  tooYoung: { zh: '年纪太小', en: 'too young' },
  birthNotAsInId: { zh: '生日和身份证号不一致', en: 'birth date against the identity number' },
  dayNotReal: { zh: '日期不存在', en: 'no such day' },
  dayNotDay: { zh: '不是日期', en: 'not a day' },
  dayAhead: { zh: '日期还没到', en: 'a day ahead' },
  dayTooEarly: { zh: '日期太早', en: 'a day too long ago' },
  daysReversed: { zh: '两个日期颠倒', en: 'days the wrong way round' },
  monthAhead: { zh: '月份还没到', en: 'a month ahead' },
  monthNotMonth: { zh: '不是月份', en: 'not a month' },
  amountNotAmount: { zh: '不是金额', en: 'not an amount' },
  numberNotNumber: { zh: '不是数字', en: 'not a number' },
  notWhole: { zh: '应是整数', en: 'not a whole number' },
  outOfRange: { zh: '数字超出范围', en: 'out of range' },
  notAChoice: { zh: '不在可填的内容里', en: 'not one of the choices' },
  notYesNo: { zh: '看不出是或否', en: 'neither yes nor no' },
  formula: { zh: '是公式，不是内容', en: 'a formula and no value' },
  formulaBroken: { zh: '公式没有算出来', en: 'a formula that failed' },
  placeUnknown: { zh: '没有这个地方', en: 'no such place' },
  placeAmbiguous: { zh: '同名的地方不止一个', en: 'several places of that name' },
  notTogether: { zh: '两项对不上', en: 'two cells that do not go together' },
  wantedWith: { zh: '缺少配套的一项', en: 'another cell is wanted with it' },
  recordAgain: { zh: '记录编号重复', en: 'record number used twice' },
  notCompared: { zh: '一样的人太多，没有比对', en: 'alike too many to be compared' },
  movedMeanwhile: { zh: '读入以后人搬走了', en: 'moved since it was read' },
  totals: { zh: '改成了合计行', en: 'mended into a line of totals' },
  note: { zh: '改成了说明或落款', en: 'mended into a note' },
  headerAgain: { zh: '改成了表头', en: 'mended into a header' },
}

export const wordsOfWhy = (why: string): Words => (why in kinds ? kinds[why as Why] : { zh: '其他', en: 'other' })
