import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { shippedData } from './files.ts'

const source = z.strictObject({
  /** The tag of provenance without its star. */
  key: z.string().regex(/^S\d+[a-z]?$/),
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  /** Date of the page or text, as far as it is known: a year, a month or a day. */
  on: z
    .string()
    .regex(/^\d{4}(-\d{2}){0,2}$/)
    .optional(),
})
export type Source = z.infer<typeof source>

/**
 * What the tags of provenance stand for, in the order of the file.
 * @throws Error when the file is there and wrong; a district without one has none
 */
export async function readSources(dir: string = shippedData): Promise<readonly Source[]> {
  const text = await readFile(join(dir, 'sources.yaml'), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  })
  return z.array(source).parse(parse(text) ?? [])
}
