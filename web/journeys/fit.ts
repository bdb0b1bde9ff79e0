import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** WCAG 2.2 A and AA, all rules axe has for them. The page is looked at whole: what lies under a fixed bar can be scrolled out. */
export async function accessible(page: Page) {
  const before = page.viewportSize()
  let found: string[] = []
  // What still came while it was looked at pushed the rest under the bar at the foot: that page is looked at again.
  for (let height = -1, now = await settledHeight(page), turns = 0; height !== now && turns < 5; turns++) {
    height = now
    if (before && height > before.height)
      await page.setViewportSize({ ...before, height: Math.min(height + 200, 8000) })
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    if (before) await page.setViewportSize(before)
    found = violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 160)).join(' | ')}`)
    if (found.length === 0) return
    now = await settledHeight(page)
  }
  expect(found).toEqual([])
}

/** The height of the page once it has not changed for a tenth of a second. */
async function settledHeight(page: Page): Promise<number> {
  const heightNow = () => page.evaluate(() => document.documentElement.scrollHeight)
  let height = await heightNow()
  for (let last = -1, turns = 0; last !== height && turns < 10; turns++) {
    last = height
    await page.waitForTimeout(100)
    height = await heightNow()
  }
  return height
}

/** Large type: text ≥ 18 px, main controls ≥ 60 × 60 px, line height ≥ 1.3. @source 移动互联网应用(APP)适老化通用设计规范 */
export async function fitForElders(page: Page) {
  const faults = await page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const box = node.parentElement
      const words = node.nodeValue?.trim() ?? ''
      if (!box || !words || !box.getClientRects().length || box.closest('svg, .visually-hidden')) continue
      const style = getComputedStyle(box)
      const size = Number.parseFloat(style.fontSize)
      const line = style.lineHeight === 'normal' ? 1.2 : Number.parseFloat(style.lineHeight) / size
      if (size < 18) found.push(`text of ${size} px: ${words.slice(0, 20)}`)
      if (line < 1.3 && words.length > 20) found.push(`line height ${line.toFixed(2)}: ${words.slice(0, 20)}`)
    }
    for (const control of document.querySelectorAll<HTMLElement>(
      'button, select, textarea, input:not([type=radio]):not([type=checkbox])',
    )) {
      const box = control.getBoundingClientRect()
      // The ways of reading in the head are not main controls: 44 px.
      const least = control.closest('header') ? 44 : 60
      if (box.width && (box.width < 44 || box.height < least))
        found.push(
          `control of ${Math.round(box.width)} × ${Math.round(box.height)}: ${control.textContent?.slice(0, 20)}`,
        )
    }
    return found
  })
  expect(faults).toEqual([])
}

/** WCAG 1.4.10: no sideways scrolling at 320 CSS px. */
export async function reflows(page: Page) {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 700 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  if (before) await page.setViewportSize(before)
}

/** Chinese is drawn, not boxes: two characters must look different. */
export async function drawsChinese(page: Page) {
  await page.evaluate(() => document.fonts.ready)
  const differ = await page.evaluate(() => {
    const draw = (character: string) => {
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = 40
      const pen = canvas.getContext('2d')
      if (!pen) return ''
      pen.font = `32px ${getComputedStyle(document.querySelector('h1') ?? document.body).fontFamily}`
      pen.fillText(character, 2, 34)
      return canvas.toDataURL()
    }
    return draw('困') !== draw('难')
  })
  expect(differ).toBe(true)
}
