import { dictionary } from '../platform/words.ts'
import { zh } from './words.zh.ts'

const words = dictionary(zh, () => import('./words.en.ts'))

export const usePartWords = words.use
