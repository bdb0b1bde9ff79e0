import { completedYears, parseDay, type Day, type Words } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { RequestEdges } from '../../platform/route.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { childAnswers, type guidanceContract, rosterNotFitting } from './contract.ts'
import { birthDateOfAge, freshKeys, type Interview, type Member, withMembers } from './interview.ts'
import { keepInterview, lockInterview } from './kept-interview.ts'

type Input = InputOf<(typeof guidanceContract)['POST /interviews/:interviewId/members']>
type Given = Input['body']['members'][number]

/** Who lives in the home. Sent again, it corrects; answers about those who left go with them. */
export async function giveMembers(ctx: Ctx, { params, body, ifMatch }: Input & RequestEdges) {
  const { row, interview } = await lockInterview(ctx, params.interviewId, body.expectedVersion ?? ifMatch)
  return await keepInterview(ctx, row, withMembers(interview, membersOf(ctx, interview, body.members)))
}

function membersOf(ctx: Ctx, interview: Interview, given: readonly Given[]): Member[] {
  const before = new Set([...(interview.members ?? []), ...(interview.rosterDraft ?? [])].map(m => m.key))
  const fresh = freshKeys(
    new Set([...before, ...given.map(g => g.key ?? '')]),
    given.filter(g => g.key === undefined).length,
  )
  const selves = given.filter(g => g.self).length
  if (selves > 1)
    throw fault(
      given.findLastIndex(g => g.self),
      '“我自己”只能有一位。',
      'Only one of them can be yourself.',
    )
  const members = given.map((g, i): Member => {
    if (g.key !== undefined && !before.has(g.key))
      throw fault(
        i,
        `第${i + 1}位不在名单里，请重新填。`,
        `Person ${i + 1} is not on the list; please fill it in again.`,
      )
    const birthDate = birthOf(g, i, ctx.today)
    if (g.self && completedYears(birthDate, ctx.today) < 14) throw childAnswers()
    return {
      key: g.key ?? (fresh.shift() as string),
      callName: g.callName,
      relation: g.relation,
      birthDate,
      sex: g.sex,
      self: g.self,
    }
  })
  if (new Set(members.map(m => m.key)).size < members.length)
    throw fault(0, '有一位写了两次。', 'Somebody is listed twice.')
  return members
}

function birthOf(given: Given, index: number, today: Day): Day {
  const { age, birthYear, birthDate } = given
  const ways = [age, birthYear, birthDate].filter(w => w !== undefined).length
  if (ways !== 1)
    throw fault(
      index,
      `请填${given.callName}的年龄或出生年份，填一样就行。`,
      `Please give the age or the year of birth of ${given.callName}; one will do.`,
    )
  if (birthDate !== undefined) {
    const day = parseDay(birthDate)
    if (!day)
      throw fault(
        index,
        `${given.callName}的出生日期没有这一天，请再看一眼。`,
        `There is no such day for ${given.callName}.`,
      )
    return inRange(day, given, index, today)
  }
  if (age !== undefined) {
    if (!Number.isInteger(age) || age < 0 || age > 130)
      throw fault(
        index,
        `${given.callName}的年龄请填0到130之间的整数。`,
        `Please give an age from 0 to 130 for ${given.callName}.`,
      )
    const day = birthDateOfAge(age, today)
    return day > today ? today : day
  }
  const year = birthYear as number
  if (!Number.isInteger(year) || year > Number(today.slice(0, 4)) || year < Number(today.slice(0, 4)) - 130)
    throw fault(
      index,
      `${given.callName}的出生年份请填四位数，比如1949。`,
      `Please give four digits for the year, such as 1949.`,
    )
  const middle = `${year}-07-01` as Day
  return middle > today ? today : middle
}

function inRange(day: Day, given: Given, index: number, today: Day): Day {
  if (day > today)
    throw fault(index, `${given.callName}的出生日期还没到。`, `The birth date of ${given.callName} has not come yet.`)
  if (completedYears(day, today) > 130)
    throw fault(
      index,
      `${given.callName}的出生日期太早了，请再看一眼。`,
      `The birth date of ${given.callName} is too long ago.`,
    )
  return day
}

const fault = (member: number, zh: string, en: string) =>
  rosterNotFitting({ member, reason: { zh, en } satisfies Words })
