import type { Day } from '@zhulian/kernel'
import type { NeedToLink } from '../wishes/index.ts'
import type { Wanting } from './placing.ts'

const dayMs = 86_400_000

export const waitedDays = (told: Day, today: Day): number =>
  Math.max(0, Math.round((Date.parse(today) - Date.parse(told)) / dayMs))

export const wantingOf = ({ id, division, shelf, item, guess, urgent, toldOn }: NeedToLink, today: Day): Wanting => ({
  id,
  division,
  shelf,
  item,
  guess,
  urgent,
  waitedDays: waitedDays(toldOn, today),
})
