import { dictionary } from '../../platform/words.ts'
import { zh } from './zh.ts'

export const useAccountWords = dictionary(zh, () => import('./en.ts')).use
