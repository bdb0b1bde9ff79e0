import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const bin = fileURLToPath(new URL('../../bin/zhulian.mjs', import.meta.url))

let folder: string
const folders: string[] = []
const running: Run[] = []
function newFolder(): void {
  folder = mkdtempSync(join(tmpdir(), 'zhulian-serve-'))
  // The database's user must get in where the tests run as root.
  chmodSync(folder, 0o755)
  folders.push(folder)
}
afterEach(async () => {
  for (const { process: child } of running.splice(0))
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  // Whoever comes last stops a database that was left behind.
  if (databaseRuns()) await zhulian(['doctor']).ended
}, 120_000)
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true })
})

interface Run {
  readonly process: ChildProcess
  said(): string
  /** Waits for words on either stream. */
  hears(words: string): Promise<void>
  readonly ended: Promise<number>
  /** @returns the exit code */
  end(signal: NodeJS.Signals): Promise<number>
}

function zhulian(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  return watch(
    spawn(process.execPath, [main, ...args], {
      env: { ...process.env, ZHULIAN_DATA: folder, PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
}

function watch(child: ChildProcess): Run {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', part => (said += String(part)))
  const ended = new Promise<number>(resolve => child.once('close', code => resolve(code ?? -1)))
  const run: Run = {
    process: child,
    said: () => said,
    ended,
    async hears(words) {
      while (!said.includes(words)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`ended before it said ${words}:\n${said}`)
        await wait(20)
      }
    },
    end: signal => {
      child.kill(signal)
      return ended
    },
  }
  running.push(run)
  return run
}

const databaseRuns = () => existsSync(join(folder, 'database/pg/postmaster.pid'))
const ready = 'Zhulian is ready'

describe('zhulian serve', { timeout: 120_000 }, () => {
  // The first makes the database; how each of the others ends is seen on the same.
  beforeAll(newFolder)

  it('ends in order when it is told to, and the database with it', async () => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      const run = zhulian(['serve'])
      await run.hears(ready)
      expect(databaseRuns()).toBe(true)
      expect([signal, await run.end(signal), databaseRuns()]).toEqual([signal, 0, false])
    }
  })

  it('ends when the process that handed over to it is gone', async () => {
    const child = spawn(process.execPath, [main, 'serve'], {
      env: { ...process.env, ZHULIAN_DATA: folder, PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const ended = once(child, 'exit')
    await watch(child).hears(ready)
    child.disconnect()
    expect([await ended, databaseRuns()]).toEqual([[0, null], false])
  })

  it('ends when the shell that npm runs it in is gone', async () => {
    const shell = watch(
      spawn('sh', ['-c', `"${process.execPath}" "${bin}" serve; true`], {
        env: { ...process.env, ZHULIAN_DATA: folder, PORT: '0', npm_lifecycle_event: 'npx' },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    )
    await shell.hears(ready)
    // `close` waits for all who hold the streams: also for the one the shell had started.
    await shell.end('SIGKILL')
    expect(databaseRuns()).toBe(false)
  })

  it('ends with words, and its jobs with it, where the files of the district cannot be read', async () => {
    const run = zhulian(['serve'], { ZHULIAN_SHIPPED: join(folder, 'nothing') })
    expect([await run.ended, databaseRuns()]).toEqual([2, false])
    expect(run.said()).toContain('zhulian: ')
  })

  it('says in one line that its port is taken, and leaves no database behind', async () => {
    const other = createServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    try {
      const run = zhulian(['serve'], { PORT: String(port) })
      expect(await run.ended).toBe(2)
      const plain = run
        .said()
        .split('\n')
        .filter(line => line !== '' && !line.startsWith('{'))
      expect(plain).toEqual([expect.stringMatching(new RegExp(`^zhulian: .*${port}.* PORT`))])
      expect(databaseRuns()).toBe(false)
    } finally {
      other.close()
    }
  })
})

describe('the made-up district', { timeout: 240_000 }, () => {
  beforeEach(newFolder)

  const demo = ['serve', '--demo', '--people', '3000']
  const loading = '正在装入'

  it('stops loading when it is told to end', async () => {
    const run = zhulian(['serve', '--demo', '--people', '42000'])
    await run.hears(loading)
    expect([await run.end('SIGTERM'), databaseRuns()]).toEqual([0, false])
    expect(run.said()).not.toContain(ready)
  })

  it('is loaded by one of two that start together; where that was cut short, to its end by one of the next two', async () => {
    const whoLoads = (runs: readonly Run[]) => runs.filter(run => run.said().includes(loading))
    const cutShort = [zhulian(demo), zhulian(demo)]
    await Promise.race(cutShort.map(run => run.hears('/3000')))
    expect(whoLoads(cutShort)).toHaveLength(1)
    await Promise.all(cutShort.map(run => run.end('SIGKILL')))
    const both = [zhulian(demo), zhulian(demo)]
    await Promise.all(both.map(run => run.hears(ready)))
    expect(whoLoads(both).map(run => /300\d 人 people/.test(run.said()))).toEqual([true])
    expect(await Promise.all(both.map(run => run.end('SIGTERM')))).toEqual([0, 0])
    expect(databaseRuns()).toBe(false)
  })

  it('never comes to where a real administrator is, nor is it served without saying so', async () => {
    const made = zhulian(['init', '--name', '王红', '--sign-in', 'wang'])
    expect([await made.ended, made.said()]).toEqual([0, expect.stringContaining('wang')])
    for (const args of [demo, ['demo', '--people', '10']]) {
      const refused = zhulian(args)
      expect(await refused.ended).toBe(2)
      expect(refused.said()).toContain('ZHULIAN_DEMO=0')
      expect(refused.said()).not.toContain(ready)
    }
  })
})
