import { type Day, dayOf } from '@zhulian/kernel'
import { readConfig } from '../../server/src/platform/config.ts'

/** The day of today at the office, as the server has it. */
export const todayAtOffice = (): Day => dayOf(new Date(), readConfig().zone)
