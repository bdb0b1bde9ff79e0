import type { Random } from './random.ts'

// Common surnames with their rough shares in Zhejiang; given names of the years in which they were common.
const surnames: readonly (readonly [number, string])[] = [
  [80, '陈'],
  [62, '王'],
  [55, '张'],
  [50, '李'],
  [38, '徐'],
  [34, '吴'],
  [32, '周'],
  [30, '孙'],
  [28, '朱'],
  [26, '章'],
  [25, '何'],
  [24, '方'],
  [24, '金'],
  [23, '裘'],
  [22, '俞'],
  [22, '许'],
  [21, '沈'],
  [21, '盛'],
  [20, '蒋'],
  [20, '夏'],
  [19, '汪'],
  [18, '胡'],
  [18, '赵'],
  [17, '黄'],
  [17, '叶'],
  [16, '郑'],
  [16, '潘'],
  [15, '董'],
  [15, '钱'],
  [14, '骆'],
  [14, '史'],
  [13, '倪'],
  [13, '杨'],
  [12, '林'],
  [12, '傅'],
  [11, '喻'],
  [11, '申屠'],
  [10, '程'],
  [10, '罗'],
  [10, '羊'],
  [9, '柴'],
  [9, '邵'],
  [9, '洪'],
  [8, '凌'],
  [8, '陆'],
  [7, '谢'],
  [7, '余'],
  [7, '姜'],
  [6, '华'],
  [6, '欧阳'],
]
// Characters of given names, first and second, as they were common among those born in these years.
const old = {
  male: ['根水金阿荣关土柏樟炳志长宝云正松林福祖银仁德茂来兴', '生土水根林毛松泉贤法祥炳木兴荣良富昌海民火'],
  female: ['阿银水招彩桂杏凤菊秀金梅爱雪宝香月仙玉兰小荷', '珍花娟娣仙香英珠莲囡凤妹琴芬云娥翠素'],
} as const
const middle = {
  male: ['建国卫志永伟新红亚小文立春利海忠光晓东学军勇', '国强军东明平华民庆忠新林良伟江荣锋斌方飞'],
  female: ['文美建红丽秋小亚国雪月利群春菊素晓玲惠爱水', '琴华英萍月燕娟珍芬芳红娣敏霞琳娥君丹'],
} as const
const young = {
  male: ['浩子宇俊一嘉明博天思梓泽晨家志铭昊睿奕皓佳书', '然轩航杰鸣豪哲文佑远睿宇阳乐涵辰诚凡恒毅'],
  female: ['欣梓诗雨思佳语若可念晓心静雅梦子依嘉芷书', '怡涵雨桐琪嫣曦馨安雯妍婷萱瑶彤宁玥恬语'],
} as const

export const surnameOf = (random: Random): string => random.weighted(surnames)

/** A made-up given name as it was common among people born in that year; of the young, one in eight is a single character. */
export function givenNameOf(random: Random, sex: 'male' | 'female', birthYear: number): string {
  const years = birthYear < 1958 ? old : birthYear < 1988 ? middle : young
  const [firsts, seconds] = years[sex]
  const second = random.pick([...seconds])
  if (years === young && random.chance(0.12)) return second
  const first = random.pick([...firsts].filter(character => character !== second))
  return first + second
}
