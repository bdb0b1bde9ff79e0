import { type Browser, chromium, type Page } from '@playwright/test'
import { demoPassword, demoPeople } from '@zhulian/seed'
import { findBrowser } from '../../tools/browser.ts'
import { zh as simulation } from '../../web/src/console/simulation/zh.ts'
import { zh } from '../../web/src/console/words/zh.ts'
import { Client } from '../../server/test/client.ts'
import { line, ms, percentile } from '../screening/ground.ts'
import { openServer } from './server.ts'

/**
 * From the hand on a slider to the drawn answer, in a real browser against the real server with everybody in its database,
 * and whether others are answered meanwhile: while nothing else goes on, and while everybody is being judged. The parts say
 * where the time goes.
 */
const people = Number(process.env['BENCH_PEOPLE'] ?? demoPeople)
const goalMs = 150
const readMs = 8_000
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 42)
const server = await openServer(people)
let browser: Browser | undefined
try {
  const found = await findBrowser()
  const env = Object.fromEntries(
    Object.entries({ ...process.env, ...found.env }).filter((e): e is [string, string] => e[1] !== undefined),
  )
  browser = await chromium.launch({ executablePath: found.executablePath, env })
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    locale: 'zh-CN',
  })
  const page = await context.newPage()
  await page.goto(`${server.url}/console`)
  await page.getByLabel(zh.signIn.name, { exact: true }).fill('officer')
  await page.getByLabel(zh.signIn.password, { exact: true }).fill(demoPassword)
  await page.getByRole('button', { name: zh.signIn.enter, exact: true }).click()
  await page.getByRole('link', { name: zh.screens.simulation, exact: true }).waitFor()
  const first = performance.now()
  await page.getByRole('link', { name: zh.screens.simulation, exact: true }).click()
  await page.getByRole('slider').first().waitFor({ timeout: 180_000 })
  await page.getByRole('status').filter({ hasText: simulation.unchanged }).waitFor({ timeout: 180_000 })
  console.log(`the first answer after the screen is opened: ${ms(performance.now() - first)}`)

  // A thread that has just read everybody rehearses while the page is read.
  await page.waitForTimeout(readMs)
  await watch(page)
  const held = await tryEverything(page, 'quiet')
  const judging = await keepJudging(server.url)
  held.push(...(await tryEverything(page, 'while everybody is judged')))
  console.log(`households judged meanwhile: ${await judging.stop()}`)
  if (held.includes(false)) process.exitCode = 1
} finally {
  await browser?.close()
  await server.close()
}

/** Each slider moved in turn, then a hand that drags on; somebody else asks meanwhile. @returns which goals were held */
async function tryEverything(page: Page, when: string): Promise<boolean[]> {
  console.log(`${when}:`)
  const others = askMeanwhile(server.url)
  const taken: Move[] = []
  const sliders = page.getByRole('slider')
  // The first figure only grows, so no answer is one that the page has already.
  for (let round = 0; round < rounds; round++)
    for (let s = 0; s < (await sliders.count()); s++) {
      await sliders.nth(s).focus()
      const key = s > 0 ? (round % 2 === 0 ? 'ArrowRight' : 'ArrowLeft') : round % 4 === 3 ? 'PageUp' : 'ArrowRight'
      taken.push(await move(page, key))
    }
  const dragged = await drag(page)
  const waits = await others.stop()

  part('  the page until it asks', taken, m => m.asked)
  part('  the question on its way and back', taken, m => m.answered - m.asked)
  part('    of it in the server: judged', taken, m => m.judgedMs)
  part('    of it in the server: counted', taken, m => m.ms - m.judgedMs)
  part('    of it the rest: transport, trail, waiting', taken, m => m.answered - m.asked - m.ms)
  part('  the page until it is drawn', taken, m => m.drawn - m.answered)
  const bytes = taken.map(m => m.bytes)
  console.log(`  an answer is ${Math.round(percentile(bytes, 0.95) / 1024)} KB`)
  const drawn = taken.map(m => m.drawn)
  const each = await sliders.count()
  console.log(
    `  the first of each slider: ${drawn.slice(0, each).map(ms).join(', ')}; the second: ${drawn
      .slice(each, 2 * each)
      .map(ms)
      .join(', ')}`,
  )
  const held = [
    line(`${when}: from the slider to the drawn answer`, drawn, goalMs),
    line(`${when}: a hand that drags on, from its last move to the drawn answer`, dragged, 2 * goalMs),
    line(`${when}: somebody else asks meanwhile how the server is`, waits, 50),
  ]
  console.log(`  the longest from the slider to the drawn answer: ${ms(Math.max(...drawn))}`)
  return held
}

/** Everybody is judged, again and again. @returns how many households until it is told to stop */
async function keepJudging(url: string): Promise<{ stop(): Promise<number> }> {
  const officer = new Client(url, () => Promise.resolve({ token: undefined, account: undefined }))
  const signedIn = await officer.post('POST /session', {
    body: { signInName: 'officer', password: demoPassword },
  })
  if (signedIn.problem) throw new Error(signedIn.text)
  const runs = new Map<string, number>()
  let goOn = true
  const look = async () => {
    const { body } = await officer.get('GET /entitlements/runs')
    for (const run of body.items) runs.set(run.id, run.done)
    return body.items.some(run => run.state === 'running')
  }
  await look()
  const before = new Map(runs)
  const judging = (async () => {
    while (goOn) {
      if (!(await look())) await officer.post('POST /entitlements/runs', { body: {} })
      await new Promise(done => setTimeout(done, 1000))
    }
    await look()
  })()
  return {
    stop: async () => {
      goOn = false
      await judging
      return [...runs].reduce((sum, [id, done]) => sum + done - (before.get(id) ?? 0), 0)
    },
  }
}

/** Milliseconds since the key went down. */
interface Move {
  readonly asked: number
  readonly answered: number
  readonly drawn: number
  readonly ms: number
  readonly judgedMs: number
  readonly bytes: number
}

interface Watched {
  key: number
  last: { asked: number; answered: number; bytes: number; ms: number; judgedMs: number } | undefined
  drawn: number[]
}

/** The page's own clock: when the key came in, when the answer came, when the frame after it was drawn. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched: Watched = { key: 0, last: undefined, drawn: [] }
    Object.assign(globalThis, { watched })
    document.addEventListener('keydown', event => (watched.key = event.timeStamp), true)
    document.addEventListener('pointermove', event => (watched.key = event.timeStamp), true)
    const ask = globalThis.fetch
    globalThis.fetch = async (...given) => {
      const asked = performance.now()
      const answer = await ask(...given)
      const address = given[0] instanceof Request ? given[0].url : String(given[0])
      if (!/\/simulations(\?|$)/.test(address)) return answer
      const text = await answer.clone().text()
      const answered = performance.now()
      const { ms, judgedMs } = JSON.parse(text) as { ms: number; judgedMs: number }
      watched.last = { asked, answered, bytes: text.length, ms, judgedMs }
      return answer
    }
    new PerformanceObserver(list => {
      for (const entry of list.getEntriesByName('simulation')) watched.drawn.push(entry.startTime + entry.duration)
    }).observe({ type: 'measure' })
  })
}

async function move(page: Page, key: string): Promise<Move> {
  await page.evaluate(() => (((globalThis as never as { watched: Watched }).watched.drawn = []), undefined))
  await page.keyboard.press(key)
  return await (
    await page.waitForFunction(() => {
      const { key, last, drawn } = (globalThis as never as { watched: Watched }).watched
      const end = drawn.at(-1)
      if (end === undefined || !last || last.asked < key) return undefined
      return { ...last, asked: last.asked - key, answered: last.answered - key, drawn: end - key }
    })
  )
    .jsonValue()
    .then(found => found as Move)
}

async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(600)
}

/** A pointer that goes on without waiting; what counts is its last place. */
async function drag(page: Page): Promise<number[]> {
  const found: number[] = []
  const box = await page.getByRole('slider').first().locator('..').boundingBox()
  if (!box) throw new Error('there is no rail')
  for (let round = 0; round < 12; round++) {
    await page.evaluate(() => (((globalThis as never as { watched: Watched }).watched.drawn = []), undefined))
    const from = box.x + box.width * 0.2
    await page.mouse.move(from, box.y + box.height / 2)
    await page.mouse.down()
    for (let i = 1; i <= 20; i++) {
      await page.mouse.move(from + i * (4 + round / 3), box.y + box.height / 2)
      await page.waitForTimeout(16)
    }
    await page.mouse.up()
    await settled(page)
    found.push(
      await page.evaluate(() => {
        const { key, drawn } = (globalThis as never as { watched: Watched }).watched
        return Math.max(0, (drawn.at(-1) ?? Number.NaN) - key)
      }),
    )
  }
  return found
}

function askMeanwhile(url: string): { stop(): Promise<number[]> } {
  const waits: number[] = []
  let goOn = true
  const asking = (async () => {
    while (goOn) {
      const since = performance.now()
      await (await fetch(`${url}/api/health`)).text()
      waits.push(performance.now() - since)
      await new Promise(done => setTimeout(done, 20))
    }
  })()
  return {
    stop: async () => {
      goOn = false
      await asking
      return waits
    },
  }
}

function part(what: string, moves: readonly Move[], of: (m: Move) => number): void {
  const values = moves.map(of)
  console.log(`${what}: p50 ${ms(percentile(values, 0.5))}, p95 ${ms(percentile(values, 0.95))}`)
}
