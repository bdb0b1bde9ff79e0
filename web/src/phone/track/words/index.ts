import { dictionary } from '../../../platform/words.ts'
import { zh } from './zh.ts'

export const useMyTrackWords = dictionary(zh, () => import('./en.ts')).use
