import type { Day } from '@zhulian/kernel'
import { headColumns, said, type Source } from '../source.ts'

/** As the events of a family are called. */
const kinds: Readonly<Record<string, string>> = { fire: 'fire', natural: 'naturalDisaster' }

/** F19: whose home burned or was struck by a disaster. */
export const disaster: Source = {
  id: 'disaster',
  code: 'F19',
  unit: 'emergency',
  name: { zh: '火灾和灾害', en: 'Fires and disasters' },
  content: { zh: '火灾、台风、洪水等受灾家庭', en: 'Households struck by fire, storm, flood' },
  rhythm: { zh: '当天', en: 'on the same day' },
  legalBasis: {
    zh: '《自然灾害救助条例》；区应急局、消防大队与区民政局数据共享',
    en: 'Natural Disaster Relief Regulations; sharing by the emergency bureau and the fire brigade',
  },
  about: 'household',
  columns: [
    ...headColumns,
    {
      key: 'occurredOn',
      headers: ['受灾日期', '发生日期', '火灾日期', '灾害日期', 'Struck on'],
      kind: 'day',
      required: true,
    },
    {
      key: 'kind',
      headers: ['灾害种类', '灾种', '灾害类型', '事故类型', 'Kind'],
      kind: 'choice',
      required: true,
      choices: {
        火灾: 'fire',
        房屋火灾: 'fire',
        台风: 'natural',
        洪涝: 'natural',
        洪水: 'natural',
        山体滑坡: 'natural',
        泥石流: 'natural',
        地质灾害: 'natural',
        低温冰冻: 'natural',
        雪灾: 'natural',
        旱灾: 'natural',
        地震: 'natural',
        其他: 'other',
      },
    },
    {
      key: 'damageGrade',
      headers: ['房屋损坏程度', '房屋受损程度', '受损程度', '房屋受灾程度', 'Damage'],
      kind: 'choice',
      choices: {
        无损坏: 'none',
        没有损坏: 'none',
        一般损坏: 'general',
        轻微损坏: 'general',
        严重损坏: 'severe',
        烧毁: 'collapsed',
        倒塌: 'collapsed',
      },
    },
    { key: 'evacuated', headers: ['是否转移安置', '转移安置', '是否紧急转移', 'Evacuated'], kind: 'yesNo' },
  ],
  map({ cells }) {
    const on = cells['occurredOn'] as Day
    return {
      on,
      happened: { date: on, kind: kinds[cells['kind'] as string] ?? 'disaster' },
      household: said({
        disasterOn: on,
        dwellingDamage: cells['damageGrade'],
        evacuated: cells['evacuated'],
      }),
    }
  },
}
