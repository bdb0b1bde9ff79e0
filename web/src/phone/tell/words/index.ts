import { dictionary } from '../../../platform/words.ts'
import { zh } from './zh.ts'

export const useTellWords = dictionary(zh, () => import('./en.ts')).use
