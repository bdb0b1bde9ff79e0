import { dictionary } from '../../../../platform/words.ts'
import { zh } from './zh.ts'

const words = dictionary(zh, () => import('./en.ts'))

export const useDutyWords = words.use
