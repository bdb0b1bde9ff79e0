import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** What a package exports, and every type that can be reached from there, as the compiler declares them. */
export function apiReport(name: string): string {
  const modules = declarations(name)
  const all = new Map([...modules.values()].flatMap(module => [...module]))
  const exported = exportedNames(modules)
  const reached = new Set<string>()
  const reach = (name: string) => {
    const text = all.get(name)
    if (text === undefined || reached.has(name)) return
    reached.add(name)
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '')
    for (const [word] of code.matchAll(/[A-Za-z_$][\w$]*/g)) reach(word)
  }
  for (const name of exported) reach(name)
  const inside = [...reached].filter(name => !exported.includes(name))
  const list = (names: readonly string[]) =>
    names
      .toSorted()
      .map(name => all.get(name))
      .join('\n\n')
  return `# What @zhulian/${name} exports

Made by its test from the compiler's declarations; a change here is a change for whoever uses the package.

\`\`\`ts
${list(exported)}
\`\`\`

## Types reached from there

\`\`\`ts
${list(inside)}
\`\`\`
`
}

type Declarations = ReadonlyMap<string, ReadonlyMap<string, string>>

/** By file, by name. */
function declarations(name: string): Declarations & { readonly index: string } {
  const folder = mkdtempSync(join(tmpdir(), 'api-'))
  try {
    const config = join(folder, 'tsconfig.json')
    const options = {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      outDir: join(folder, 'out'),
      rootDir: root,
      types: [],
    }
    const files = [join(root, `packages/${name}/src/index.ts`)]
    writeFileSync(
      config,
      JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: options, files, include: [] }),
    )
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stdout)
    const source = join(folder, `out/packages/${name}/src`)
    const found = globSync('**/*.d.ts', { cwd: source }).map(
      path => [path.replaceAll('\\', '/').replace(/\.d\.ts$/, ''), readFileSync(join(source, path), 'utf8')] as const,
    )
    const index = found.find(([name]) => name === 'index')?.[1] ?? ''
    return Object.assign(new Map(found.map(([name, text]) => [name, statements(text)])), { index })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Top-level declarations with their comments: each begins in the first column. */
function statements(text: string): ReadonlyMap<string, string> {
  const blocks = text.split(/\n(?=\/\*\*|(?:export |declare )*(?:function|class|interface|type|const) )/)
  const joined: string[] = []
  for (const block of blocks) {
    const before = joined.at(-1)
    if (before !== undefined && /^\/\*\*[\s\S]*\*\/\s*$/.test(before)) joined[joined.length - 1] = `${before}\n${block}`
    else joined.push(block)
  }
  return new Map(
    joined.flatMap(block => {
      const name = /^(?:export |declare )*(?:abstract )?(?:function|class|interface|type|const) ([\w$]+)/m.exec(
        block,
      )?.[1]
      return name === undefined ? [] : [[name, block.replace(/\nexport \{\};?\s*$/, '').trim()] as const]
    }),
  )
}

function exportedNames(modules: Declarations & { readonly index: string }): readonly string[] {
  const names: string[] = []
  for (const [, list, file] of modules.index.matchAll(/export (?:type )?(\*|\{[^}]*\}) from '\.\/([\w/-]+)\.ts'/g)) {
    const module = modules.get(file ?? '')
    if (list === '*')
      names.push(...[...(module ?? [])].filter(([, text]) => /^export /m.test(text)).map(([name]) => name))
    else
      names.push(
        ...(list ?? '')
          .replace(/[{}]|\btype\b/g, '')
          .split(',')
          .map(name => name.trim())
          .filter(Boolean),
      )
  }
  return names
}
