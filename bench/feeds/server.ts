import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { keepHeapSmall } from '../../server/src/platform/heap.ts'
import { fewArenas } from '../../cli/bin/few-arenas.mjs'
import { keepCompiled } from '../../cli/bin/keep-compiled.mjs'

// The server as `zhulian serve` starts it, in a process of its own: what asks it is not measured along.

type Asked = 'memory' | 'jobs' | 'stop'

/** The server's process, as the bench sees it. */
export interface Served {
  readonly url: string
  /** Resident megabytes: now, and at most since it was asked last. */
  memory(): Promise<{ now: number; most: number }>
  /** Jobs that wait or run. */
  jobs(): Promise<number>
  stop(): Promise<void>
}

export async function serveApart(data: string): Promise<Served> {
  keepCompiled()
  const child = fork(fileURLToPath(import.meta.url), [], {
    env: { ...process.env, ...fewArenas, ZHULIAN_DATA: data, PORT: '0' },
    execArgv: process.execArgv.filter(arg => arg !== '--expose-gc'),
  })
  const url = await answer<string>(child)
  const ask = async <T>(what: Asked): Promise<T> => {
    const answered = answer<T>(child)
    child.send(what)
    return await answered
  }
  return {
    url,
    memory: () => ask('memory'),
    jobs: () => ask('jobs'),
    stop: async () => {
      const ended = once(child, 'exit')
      child.send('stop')
      await ended
    },
  }
}

function answer<T>(child: ChildProcess): Promise<T> {
  return new Promise((tell, fail) => {
    const end = () => fail(new Error('the server has ended'))
    child.once('exit', end)
    child.once('message', said => {
      child.off('exit', end)
      tell(said as T)
    })
  })
}

async function serve(): Promise<void> {
  keepHeapSmall()
  const { start } = await import('../../server/src/main.ts')
  const { readConfig } = await import('../../server/src/platform/config.ts')
  const { ordinaryLimits } = await import('../../server/src/platform/http/limits.ts')
  const { silentLog } = await import('../../server/src/platform/log.ts')
  const served = await start({ ...readConfig(), demo: true }, silentLog, {
    limits: { ...ordinaryLimits, readsPerMinute: 1e9 },
  })
  const megabytes = () => Math.round(process.memoryUsage.rss() / 1_048_576)
  let most = 0
  setInterval(() => (most = Math.max(most, megabytes())), 20)
  process.on('message', (asked: Asked) => {
    if (asked === 'memory') {
      const now = megabytes()
      process.send?.({ now, most: Math.max(most, now) })
      most = 0
    } else if (asked === 'jobs')
      void served.app.jobs.counts().then(({ waiting, running }) => process.send?.(waiting + running))
    else void served.stop().then(() => process.exit(0))
  })
  process.send?.(served.url)
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) await serve()
