import type { Duty } from '@zhulian/kernel'
import type { Step } from './case.ts'

/** Which step of a case is a piece of which duty; the others are none. */
export const dutyOfStep: Readonly<Partial<Record<Step, Duty>>> = { file: 'filing', contact: 'advice' }

export const dutyOrigins = ['hand', 'case', 'visit'] as const
export type DutyOrigin = (typeof dutyOrigins)[number]
