import { dictionary } from '../../../platform/words.ts'
import { zh } from './zh.ts'

export const useMyNeedWords = dictionary(zh, () => import('./en.ts')).use
