import { dictionary } from '../../platform/words.ts'
import { zh } from './zh.ts'

export const useTrackCheckWords = dictionary(zh, () => import('./en.ts')).use
