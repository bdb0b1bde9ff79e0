import type { Words } from '@zhulian/kernel'

/** What is wrong with a row, in words a clerk can act on: what stands there, why it cannot be, what to do. */
export interface Fault {
  readonly code: FaultCode
  /** Header of the column, in Chinese; missing where the row as a whole is wrong. */
  readonly column?: string
  readonly words: Words
}

export type FaultCode = keyof typeof wording

interface At {
  /** What the column is called. */
  readonly at: Words
  /** What stands there. */
  readonly text: string
}
/** `max` is empty where what stands there is less than nothing. */
type Range = At & { readonly min: string; readonly max: string }
type Two = { readonly one: Words; readonly oneText: string; readonly other: Words; readonly otherText: string }

const words = (zh: string, en: string): Words => ({ zh, en })

const wording = {
  cellTooLong: ({ at }: At) =>
    words(`${at.zh}这一格太长。请只保留需要的内容。`, `${at.en} is too long. Keep what is needed only.`),
  missing: ({ at }: At) => words(`没有填${at.zh}。请补上。`, `${at.en} is missing. Please fill it in.`),
  nobody: () =>
    words(
      '只有姓名，没有身份证号，也没有出生日期、电话或地址，认不出是谁。请至少补上其中一样。',
      'There is a name only: no identity number, birth date, telephone or address, so nobody can tell who is meant. Add one of them.',
    ),
  nameNotName: ({ at, text }: At) =>
    words(`${at.zh}写的是“${text}”，不像姓名。请核对。`, `${at.en} says “${text}”, which is no name. Please check.`),
  idLostDigits: ({ at, text }: At) =>
    words(
      `${at.zh}被表格当成了数字（${text}），后几位已经丢失，补不回来。请把这一列设为“文本”格式，重新填写完整号码。`,
      `The spreadsheet kept ${at.en} as a number (${text}): its last digits are lost for good. Set the column to “Text” and enter the whole number again.`,
    ),
  idLength: ({ at, text }: At) =>
    words(
      `${at.zh}写的是 ${text}，有 ${Array.from(text).length} 位，应当是 18 位。请核对。`,
      `${at.en} says ${text}, which has ${Array.from(text).length} characters and not 18. Please check.`,
    ),
  idCharacters: ({ at, text }: At) =>
    words(
      `${at.zh}写的是 ${text}，里面有不该有的字符。请核对。`,
      `${at.en} says ${text}, which holds a character it cannot hold. Please check.`,
    ),
  idBirthDate: ({ at, text }: At) =>
    words(
      `${at.zh} ${text} 里的出生日期不存在。请核对第 7 到 14 位。`,
      `The birth date in ${at.en} ${text} does not exist. Check characters 7 to 14.`,
    ),
  idFuture: ({ at, text }: At) =>
    words(
      `${at.zh} ${text} 里的出生日期还没有到。请核对第 7 到 14 位。`,
      `The birth date in ${at.en} ${text} lies ahead. Check characters 7 to 14.`,
    ),
  idTooOld: ({ at, text }: At) =>
    words(
      `按${at.zh} ${text} 算，年纪超过 130 岁。请核对第 7 到 10 位。`,
      `By ${at.en} ${text} the age would be above 130. Check characters 7 to 10.`,
    ),
  idCheckDigit: ({ at, text }: At) =>
    words(
      `${at.zh} ${text} 的末位和前面对不上，有一位写错了。请对照证件核对。`,
      `The last character of ${at.en} ${text} does not fit the others: one of them is wrong. Compare it with the card.`,
    ),
  birthNotAsInId: ({ one, oneText, other, otherText }: Two) =>
    words(
      `${one.zh}写的是 ${oneText}，${other.zh}里是 ${otherText}，两个不一样。请核对哪一个对。`,
      `${one.en} says ${oneText}, ${other.en} says ${otherText}. Please check which is right.`,
    ),
  tooYoung: ({ at, text, on, youngest }: At & { readonly on: string; readonly youngest: number }) =>
    words(
      `按${at.zh} ${text} 算，到 ${on} 还不满 ${youngest} 岁，不会在这份名单里。请核对是不是填成了家里孩子的信息。`,
      `By the ${at.en} ${text} somebody not yet ${youngest} on ${on}, and nobody younger is in such a list. Check whether a child of the family was entered.`,
    ),
  dayNotReal: ({ at, text }: At) =>
    words(
      `${at.zh}写的是 ${text}，这一天不存在。请改成正确的日期。`,
      `${at.en} says ${text}, a day that does not exist. Please give the right day.`,
    ),
  dayNotDay: ({ at, text }: At) =>
    words(
      `${at.zh}写的是“${text}”，看不出是哪一天。请写成 2021-09-26 这样。`,
      `${at.en} says “${text}”, which names no day. Write it like 2021-09-26.`,
    ),
  dayAhead: ({ at, text }: At) =>
    words(
      `${at.zh}写的是 ${text}，这一天还没有到。请核对。`,
      `${at.en} says ${text}, which has not come yet. Please check.`,
    ),
  dayTooEarly: ({ at, text }: At) =>
    words(
      `${at.zh}写的是 ${text}，早得不合理。请核对年份。`,
      `${at.en} says ${text}, which is too long ago. Please check the year.`,
    ),
  monthAhead: ({ at, text }: At) =>
    words(
      `${at.zh}写的是 ${text}，这个月还没有到。请核对。`,
      `${at.en} says ${text}, a month that has not come yet. Please check.`,
    ),
  daysReversed: ({ one, oneText, other, otherText }: Two) =>
    words(
      `${one.zh}（${oneText}）晚于${other.zh}（${otherText}），前后颠倒了。请核对。`,
      `${one.en} (${oneText}) is later than ${other.en} (${otherText}). Please check.`,
    ),
  monthNotMonth: ({ at, text }: At) =>
    words(
      `${at.zh}写的是“${text}”，看不出是哪个月。请写成 2021-09 这样。`,
      `${at.en} says “${text}”, which names no month. Write it like 2021-09.`,
    ),
  amountNotAmount: ({ at, text }: At) =>
    words(
      `${at.zh}写的是“${text}”，不是金额。请只写数字，单位是元。`,
      `${at.en} says “${text}”, which is no amount. Give the number of yuan only.`,
    ),
  numberNotNumber: ({ at, text }: At) =>
    words(
      `${at.zh}写的是“${text}”，不是数字。请只写数字。`,
      `${at.en} says “${text}”, which is no number. Give the number only.`,
    ),
  notWhole: ({ at, text }: At) =>
    words(`${at.zh}写的是 ${text}，应当是整数。请核对。`, `${at.en} says ${text} and should be a whole number.`),
  outOfRange: ({ at, text, min, max }: Range) =>
    max === ''
      ? words(
          `${at.zh}写的是 ${text}，不能小于 ${min}。请核对。`,
          `${at.en} says ${text} and cannot be less than ${min}. Please check.`,
        )
      : words(
          `${at.zh}写的是 ${text}，应当在 ${min} 到 ${max} 之间。请核对。`,
          `${at.en} says ${text} and should lie between ${min} and ${max}. Please check.`,
        ),
  notAChoice: ({ at, text, choices }: At & { readonly choices: string }) =>
    words(
      `${at.zh}写的是“${text}”，不在可以填的内容里：${choices}。请改成其中一个。`,
      `${at.en} says “${text}”. It can be one of: ${choices}.`,
    ),
  notYesNo: ({ at, text }: At) =>
    words(
      `${at.zh}写的是“${text}”，看不出是“是”还是“否”。请写“是”或“否”。`,
      `${at.en} says “${text}”, which is neither yes nor no. Write 是 or 否.`,
    ),
  formula: ({ at, text }: At) =>
    words(
      `${at.zh}里是公式（${text}），不是内容。请复制这一列，再“选择性粘贴”为数值。`,
      `${at.en} holds a formula (${text}) and no value. Copy the column and paste it as values.`,
    ),
  formulaBroken: ({ at, text }: At) =>
    words(
      `${at.zh}里是表格没算出来留下的 ${text}。请填上真正的内容。`,
      `${at.en} holds ${text}, left by a formula that failed. Fill in what it should be.`,
    ),
  placeUnknown: ({ at, text }: At) =>
    words(
      `${at.zh}写的是“${text}”，没有这个地方。请核对镇街和村名，或者填区划代码。`,
      `${at.en} says “${text}”; there is no such place. Check township and village, or give the code.`,
    ),
  placeAmbiguous: ({ at, text }: At) =>
    words(
      `叫“${text}”的地方不止一个（${at.zh}）。请写明镇街，或者填区划代码。`,
      `More than one place is called “${text}” (${at.en}). Give the township, or the code.`,
    ),
  notTogether: ({ one, oneText, other, otherText }: Two) =>
    words(
      `${one.zh}是“${oneText}”，${other.zh}又是“${otherText}”，两个对不上。请核对。`,
      `${one.en} is “${oneText}” and ${other.en} is “${otherText}”; these do not go together. Please check.`,
    ),
  wantedWith: ({ at, text, other, otherText }: At & { readonly other: Words; readonly otherText: string }) =>
    words(
      `${other.zh}是“${otherText}”，还要填${at.zh}${text === '' ? '' : `（现在是“${text}”）`}。请补上。`,
      `With ${other.en} “${otherText}”, ${at.en} is wanted too. Please fill it in.`,
    ),
} as const satisfies Record<string, (facts: never) => Words>

/** @example fault('dayNotReal', { at: labelOf(column), text: '2021-02-30' }) */
export function fault<C extends FaultCode>(code: C, ...[facts]: Parameters<(typeof wording)[C]>): Fault {
  const column = facts && ('at' in facts ? facts.at.zh : 'one' in facts ? (facts as Two).one.zh : undefined)
  const made = (wording[code] as (facts: unknown) => Words)(facts)
  return column === undefined ? { code, words: made } : { code, column, words: made }
}

/** With the row in front, as it is shown: 第 12 行：出生日期写的是 2021-02-30，这一天不存在。请改成正确的日期。 */
export const wordsOfRow = (no: number, { words: { zh, en } }: Fault): Words => ({
  zh: `第 ${no} 行：${zh}`,
  en: `Row ${no}: ${en}`,
})
