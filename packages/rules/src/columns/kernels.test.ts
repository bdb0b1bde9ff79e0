import { readFileSync } from 'node:fs'
import { day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { assembled } from '../../test/assemble-kernels.ts'
import { documents, policy, poolOf } from '../../test/small-pool.ts'
import { judgeAll, tableOf, verdictAt } from '../index.ts'
import { compare, equal, type Order } from '../value.ts'

describe('the kernels', () => {
  it('are what their source assembles to', async () => {
    expect(readFileSync(new URL('kernels-bytes.ts', import.meta.url), 'utf8')).toBe(await assembled())
  })

  it('draw every line where the scalar comparison draws it, to the last bit, in every width', () => {
    const next = (x: number, up: boolean) => {
      if (x === 0) return up ? Number.MIN_VALUE : -Number.MIN_VALUE
      const [float, raw] = [new Float64Array([x]), new BigInt64Array(1)]
      new Uint8Array(raw.buffer).set(new Uint8Array(float.buffer))
      raw[0] = (raw[0] ?? 0n) + (x > 0 === up ? 1n : -1n)
      return new Float64Array(raw.buffer)[0] as number
    }
    const lines = [0, 1, 0.000_001, 0.000_000_9, 20, 127, 128, 331.5, 32_767, 32_768, 1102.35, 2 ** 31, 1e10, 1e300]
    const orders: (Order | '==' | '!=')[] = ['<', '<=', '>', '>=', '==', '!=']
    const near = (c: number) =>
      [c, c - 1e-6, c + 1e-6, c - 1, c + 1, c + 0.01].flatMap(x => [x, next(x, true), next(x, false), -x])
    const widths = [
      [-128, -1, 0, 1, 19, 20, 21, 126, 127],
      [-32_768, 128, 129, 331, 332, 32_767],
      [1102.34, 1102.35, 1102.36, 331.5, 0, 20],
      [-(2 ** 31), 2 ** 31 - 1, 32_768, 0],
      lines.flatMap(near),
    ]
    for (const c of lines) {
      const pool = poolOf(
        documents(
          orders.flatMap(order => [
            policy(`P0${orders.indexOf(order)}`, `household.money ${order} ${c}`),
            policy(`P1${orders.indexOf(order)}`, `household.money ${order} household.level`),
          ]),
        ),
      )
      for (const money of widths) {
        const level = money.map(() => c)
        const { policies } = judgeAll(pool, tableOf(pool, money.length, { money, level }), day('2021-09-26')).judgement
        orders.forEach((order, i) =>
          money.forEach((x, lane) => {
            const wanted = order === '==' ? equal(x, c) : order === '!=' ? !equal(x, c) : compare(order, x, c)
            for (const id of [`P0${i}`, `P1${i}`]) {
              const outcome = policies.get(id)
              const found = outcome && verdictAt(outcome, lane)
              if ((found === 'eligible') !== wanted) expect(`${id}: ${x} ${order} ${c} is ${found}`).toBe(wanted)
            }
          }),
        )
      }
    }
  })
})
