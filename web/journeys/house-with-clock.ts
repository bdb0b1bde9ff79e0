// A house of its own whose clock is set and whose jobs run when they are told to: for what takes months. Run as a process beside the
// journey, which speaks to it by messages.
import path from 'node:path'
import type { Day, Id } from '@zhulian/kernel'
import { openGround } from '../../bench/screening/ground.ts'
import type { App } from '../../server/src/app.ts'
import { createDemoAccounts } from '../../server/src/modules/identity/index.ts'
import { enrolHouseholds, type NewHousehold, recordFacts } from '../../server/src/modules/registry/index.ts'
import { testClock } from '../../server/src/platform/clock.ts'
import { checkout } from '../../server/src/platform/config.ts'

export type Asked =
  | {
      readonly do: 'open'
      readonly at: string
      readonly staff: Parameters<typeof createDemoAccounts>[1]
      readonly password: string
    }
  | { readonly do: 'enrol'; readonly household: NewHousehold }
  | { readonly do: 'say'; readonly household: Id; readonly facts: Parameters<typeof recordFacts>[2] }
  | { readonly do: 'at'; readonly at: string }
  | { readonly do: 'run'; readonly job: string }
  | { readonly do: 'close' }

const clock = testClock(new Date())
let ground: Awaited<ReturnType<typeof openGround>> | undefined

async function answer(asked: Asked): Promise<unknown> {
  if (asked.do === 'open') {
    clock.set(asked.at)
    ground = await openGround({ clock, dist: path.join(checkout, 'web', 'dist') })
    await ground.app.asMachine(ctx => createDemoAccounts(ctx, asked.staff, asked.password))
    return ground.url
  }
  if (!ground) throw new Error('not open')
  const { app } = ground
  switch (asked.do) {
    case 'enrol':
      return (await app.asMachine(ctx => enrolHouseholds(ctx, [asked.household])))[0]
    case 'say':
      await app.asMachine(ctx => recordFacts(ctx, asked.household, asked.facts))
      return await settled(app.jobs.settle())
    case 'at':
      clock.set(asked.at)
      return clock.today() satisfies Day
    case 'run':
      return await settled(app.jobs.run(asked.job))
    case 'close':
      return await ground.close()
  }
}

async function settled(jobs: ReturnType<App['jobs']['settle']>): Promise<number> {
  const { done, failures } = await jobs
  if (failures[0]) throw failures[0].error
  return done
}

process.on('message', ({ id, asked }: { id: number; asked: Asked }) => {
  answer(asked).then(
    value => process.send?.({ id, value: value ?? null }),
    (error: unknown) =>
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
