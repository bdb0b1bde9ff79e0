import { dictionary } from '../../platform/words.ts'
import { zh } from './zh.ts'

export const useDeliveryWords = dictionary(zh, () => import('./en.ts')).use
