import type { Language } from '@zhulian/kernel'
import { formatYuan } from '@zhulian/kernel'

const zone = 'Asia/Shanghai'
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const partsOf = (instant: Date | string) => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant))
  const of = (type: string) => parts.find(part => part.type === type)?.value ?? ''
  return {
    year: Number(of('year')),
    month: Number(of('month')),
    day: Number(of('day')),
    clock: `${of('hour')}:${of('minute')}`,
  }
}

/** 11 月 23 日, or 23 November. The year is added when it is not this one. */
export function formatDay(day: string, language: Language, thisYear = new Date().getFullYear()): string {
  const [year = 0, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number)
  const far = year !== thisYear
  if (language === 'en') return `${date} ${months[month - 1]}${far ? ` ${year}` : ''}`
  return `${far ? `${year} 年 ` : ''}${month} 月 ${date} 日`
}

/** 2026 年 11 月, or November 2026. */
export function formatMonth(month: string, language: Language): string {
  const [year = 0, n = 1] = month.split('-').map(Number)
  return language === 'en' ? `${months[n - 1]} ${year}` : `${year} 年 ${n} 月`
}

/** The office's calendar day of an instant. */
export const dayOfInstant = (instant: string | Date): string => {
  const { year, month, day } = partsOf(instant)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Clock, 24 hours, in the office's time zone: 09:05. */
export const formatClock = (instant: string | Date): string => partsOf(instant).clock

/** Today 9:05, else the day and the clock. */
export function formatInstant(instant: string | Date, language: Language, now: Date = new Date()): string {
  const day = dayOfInstant(instant)
  const clock = formatClock(instant)
  if (day === dayOfInstant(now)) return `${language === 'zh' ? '今天' : 'Today'} ${clock}`
  return `${formatDay(day, language)} ${clock}`
}

export { formatYuan }
