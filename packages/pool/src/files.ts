import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseDocument } from 'yaml'
import type { Problem, Reading } from '@zhulian/rules'
import { compilePool, type DataFile, type ReadPool } from './pool.ts'

/** The data folder that comes with the platform. */
export const shippedData = fileURLToPath(new URL('../../../data', import.meta.url))

/** Reads and compiles a data folder. @throws the file system's error when the folder cannot be read */
export async function readPool(dir: string = shippedData, reading: Reading = {}): Promise<ReadPool> {
  const { files, problems } = await readFiles(dir)
  return problems.length > 0 ? { ok: false, problems } : compilePool(files, reading)
}

/** Every YAML file of the pool below a folder, parsed; what is not YAML is a problem with its line. */
export async function readFiles(
  dir: string,
): Promise<{ readonly files: readonly DataFile[]; readonly problems: readonly Problem[] }> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.yaml'))
    .map(entry => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    // Worked households are read by those who run them, not by those who judge.
    .filter(
      path =>
        !path.endsWith('cases.yaml') &&
        /^(facts|policies|services|circles|alerts)\/|^(parameters|units)\.yaml$/.test(path),
    )
    .toSorted()
  const problems: Problem[] = []
  const files: DataFile[] = []
  for (const path of paths) {
    const document = parseDocument(await readFile(join(dir, path), 'utf8'), { prettyErrors: true })
    for (const error of document.errors) {
      const line = error.linePos?.[0].line ?? 1
      problems.push({
        where: `${path}:${line}`,
        words: { zh: `YAML 写得不对：${error.message}`, en: `Not YAML: ${error.message}` },
      })
    }
    if (document.errors.length === 0) files.push({ path, content: document.toJS() })
  }
  return { files, problems }
}
