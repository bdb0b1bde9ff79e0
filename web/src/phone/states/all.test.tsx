import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { setLanguage } from '../../platform/words.ts'
import { allStates } from './all.tsx'

const text = (html: string) => html.replaceAll(/<[^>]*>/g, ' ')

describe('every state of every screen', () => {
  it.each(allStates.map(({ name, draw }) => [name, draw] as const))(
    '%s has one heading, in either language',
    async (_, draw) => {
      for (const language of ['zh', 'en'] as const) {
        await setLanguage(language).catch(() => undefined)
        const html = renderToString(draw())
        expect(html.match(/<h1[ >]/g)).toHaveLength(1)
        expect(text(html)).not.toMatch(/undefined|\[object|NaN/)
      }
    },
  )
})
