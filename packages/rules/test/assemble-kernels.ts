import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openWabt from 'wabt'

const folder = new URL('../src/columns/', import.meta.url)

/** The file of bytes as it should be, from the source of the kernels. `node test/assemble-kernels.ts` writes it. */
export async function assembled(): Promise<string> {
  const wabt = await openWabt()
  const module = wabt.parseWat('kernels.wat', readFileSync(new URL('kernels.wat', folder), 'utf8'), { simd: true })
  module.validate()
  const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64')
  const lines = base64.match(/.{1,110}/g) ?? []
  return `/** What kernels.wat assembles to. Written by test/assemble-kernels.ts. */
export const kernelBytes =
${lines.map(line => `  '${line}'`).join(' +\n')}
`
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL('kernels-bytes.ts', folder), await assembled())
