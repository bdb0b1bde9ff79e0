import { dictionary } from '../../platform/words.ts'
import { zh } from './zh.ts'

export const useMinorsYearWords = dictionary(zh, () => import('./en.ts')).use
