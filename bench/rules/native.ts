import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atomsOf, factOf, facts, unknownByte, unknownWhole, type Atom, type Table, type Tree } from './made-up-rules.ts'

export interface Native {
  readonly name: string
  /** Processor time of all rules over all rows, the median of several runs. */
  readonly ms: number
  /** By rule and row: 0 no, 1 unknown, 2 yes. */
  readonly results: Uint8Array
}

const codesOf = ({ fact, values }: Atom & { op: 'in' }): number => {
  const among = factOf(fact)
  return among.kind === 'choice' ? values.reduce((mask, v) => mask | (1 << among.values.indexOf(v)), 0) : 0
}
const factsOf = (atom: Atom): readonly string[] =>
  atom.op === 'sum' ? atom.terms.map(t => t[1]) : atom.op === 'pair' ? [atom.fact, atom.other] : [atom.fact]

/** A folder with the table and the sources, gone when the work is done. */
function inFolder<T>(table: Table, work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'zhulian-rules-'))
  try {
    for (const { name } of facts) {
      const column = table.columns[name] as Int8Array
      writeFileSync(join(folder, `${name}.bin`), new Uint8Array(column.buffer, 0, column.byteLength))
    }
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(command: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1e8 })
  return status === 0 ? stdout : undefined
}

// — C: one loop a rule, without branches, over blocks that stay in the cache —

const cType = { whole: 'int32_t', day: 'int32_t', money: 'double', truth: 'int8_t', choice: 'int8_t' } as const
const cKnown = (fact: string): string => {
  const { kind } = factOf(fact)
  const x = `${fact}[i]`
  return kind === 'money'
    ? `(${x} == ${x})`
    : `(${x} != ${kind === 'whole' || kind === 'day' ? unknownWhole : unknownByte})`
}
function cTest(atom: Atom): string {
  switch (atom.op) {
    case 'is':
      return `${atom.fact}[i] == 1`
    case 'compare':
      return `${atom.fact}[i] ${atom.order} ${atom.than}`
    case 'pair':
      return `${atom.fact}[i] ${atom.order} ${atom.other}[i]`
    case 'in':
      return `(${codesOf(atom)}u >> (${atom.fact}[i] & 31)) & 1`
    case 'sum':
      return `(${atom.terms.map(([c, f]) => `${c} * ${f}[i]`).join(' + ')}) ${atom.order} ${atom.than}`
  }
}

function cRule(tree: Tree, number: number): string {
  const lines: string[] = []
  const of = (t: Tree): [yes: string, no: string] => {
    if (t.op === 'not') return of(t.arg).reverse() as [string, string]
    if (t.op === 'all' || t.op === 'any') {
      const args = t.args.map(of)
      const n = lines.length
      const [a, b] = t.op === 'all' ? ['&', '|'] : ['|', '&']
      lines.push(`int8_t t${n}_ = ${args.map(x => x[0]).join(a)}, f${n}_ = ${args.map(x => x[1]).join(b)};`)
      return [`t${n}_`, `f${n}_`]
    }
    const n = lines.length
    lines.push(
      `int8_t m${n} = (${cTest(t)}), k${n} = ${factsOf(t).map(cKnown).join(' & ')}, t${n} = m${n} & k${n}, f${n} = k${n} & (m${n} ^ 1);`,
    )
    return [`t${n}`, `f${n}`]
  }
  const [yes, no] = of(tree)
  const used = [...new Set(atomsOf(tree).flatMap(factsOf))]
  const pointers = used.map(
    f => `const ${cType[factOf(f).kind]} *restrict ${f} = c[${facts.findIndex(x => x.name === f)}];`,
  )
  return `static void rule${number}(long n, void **c, int8_t *restrict out) {
${pointers.join('\n')}
for (long i = 0; i < n; i++) { ${lines.join(' ')} out[i] = 1 + ${yes} - ${no}; }
}`
}

const cMain = (rules: number, rows: number) => `
static double now(void) { struct timespec t; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return t.tv_sec * 1e3 + t.tv_nsec * 1e-6; }
static int order(const void *a, const void *b) { double x = *(double *)a, y = *(double *)b; return x < y ? -1 : x > y; }
int main(int count, char **arg) {
  long n = ${rows}; const char *names[] = {${facts.map(f => `"${f.name}"`).join()}}; int sizes[] = {${facts.map(f => `sizeof(${cType[f.kind]})`).join()}};
  void *c[${facts.length}]; int8_t *out[${rules}]; char path[4096];
  for (int f = 0; f < ${facts.length}; f++) { snprintf(path, 4096, "%s/%s.bin", arg[1], names[f]); c[f] = aligned_alloc(64, (n * sizes[f] + 127) & ~63L); FILE *h = fopen(path, "rb"); if (!h || fread(c[f], sizes[f], n, h) != (size_t)n) return 1; fclose(h); }
  for (int q = 0; q < ${rules}; q++) { out[q] = aligned_alloc(64, (n + 127) & ~63L); memset(out[q], 1, n); }
  double t[15];
  for (int r = 0; r < 15; r++) { double s = now(); for (long b = 0; b < n; b += 4096) { long m = n - b < 4096 ? n - b : 4096; void *d[${facts.length}]; for (int f = 0; f < ${facts.length}; f++) d[f] = (char *)c[f] + b * sizes[f]; for (int q = 0; q < ${rules}; q++) rules[q](m, d, out[q] + b); } t[r] = now() - s; }
  qsort(t, 15, sizeof(double), order); printf("%f\\n", t[7]);
  snprintf(path, 4096, "%s/results.bin", arg[1]); FILE *h = fopen(path, "wb"); for (int q = 0; q < ${rules}; q++) fwrite(out[q], 1, n, h); fclose(h); return 0;
}`

/** Undefined where the machine has no gcc. */
export function inC(rules: readonly Tree[], table: Table): Native | undefined {
  return inFolder(table, folder => {
    const source = `#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
${rules.map(cRule).join('\n')}
static void (*rules[])(long, void **, int8_t *restrict) = {${rules.map((_, i) => `rule${i}`).join()}};
${cMain(rules.length, table.rows)}`
    writeFileSync(join(folder, 'rules.c'), source)
    const binary = join(folder, 'rules')
    if (
      run('gcc', ['-O3', '-march=native', '-fno-math-errno', '-w', join(folder, 'rules.c'), '-o', binary]) === undefined
    )
      return undefined
    return done('C, gcc -O3 -march=native', run(binary, [folder]), folder)
  })
}

// — numpy: every distinct condition once, yes and no as arrays; what OpenFisca would do if it knew "unknown" —

export function inNumpy(rules: readonly Tree[], table: Table): Native | undefined {
  const numbers = new Map<string, number>()
  const conditions: string[] = []
  const known = (fact: string) => `K[${JSON.stringify(fact)}]`
  const column = (fact: string) => `C[${JSON.stringify(fact)}]`
  const test = (atom: Atom): string => {
    if (atom.op === 'is') return `${column(atom.fact)} == 1`
    if (atom.op === 'compare') return `${column(atom.fact)} ${atom.order} ${atom.than}`
    if (atom.op === 'pair') return `${column(atom.fact)} ${atom.order} ${column(atom.other)}`
    if (atom.op === 'in') return `mask(${codesOf(atom)})[${column(atom.fact)}]`
    return `(${atom.terms.map(([c, f]) => `${c} * ${column(f)}`).join(' + ')}) ${atom.order} ${atom.than}`
  }
  const of = (t: Tree): [string, string] => {
    if (t.op === 'not') return of(t.arg).reverse() as [string, string]
    if (t.op === 'all' || t.op === 'any') {
      const args = t.args.map(of)
      const [a, b] = t.op === 'all' ? [' & ', ' | '] : [' | ', ' & ']
      return [`(${args.map(x => x[0]).join(a)})`, `(${args.map(x => x[1]).join(b)})`]
    }
    const key = JSON.stringify(t)
    let n = numbers.get(key)
    if (n === undefined) {
      numbers.set(key, (n = numbers.size))
      conditions.push(`  m = ${test(t)}; k = ${factsOf(t).map(known).join(' & ')}; t${n} = m & k; f${n} = k & ~m`)
    }
    return [`t${n}`, `f${n}`]
  }
  const results = rules.map(rule => `  R.append((${of(rule).join(', ')}))`)
  const types = { whole: 'int32', day: 'int32', money: 'float64', truth: 'int8', choice: 'int8' } as const
  const source = `import sys, time, numpy as np
d = sys.argv[1]
types = ${JSON.stringify(Object.fromEntries(facts.map(f => [f.name, types[f.kind]])))}
C = {f: np.fromfile(d + '/' + f + '.bin', t) for f, t in types.items()}
K = {f: ~np.isnan(C[f]) if t == 'float64' else C[f] != (${unknownWhole} if t == 'int32' else ${unknownByte}) for f, t in types.items()}
masks = {}
def mask(bits):
  if bits not in masks: masks[bits] = np.array([i < 32 and bool(bits >> i & 1) for i in range(256)])
  return masks[bits]
def run():
  R = []
${conditions.join('\n')}
${results.join('\n')}
  return R
R = run(); times = []
for _ in range(9):
  s = time.process_time(); R = run(); times.append(time.process_time() - s)
print(sorted(times)[4] * 1e3)
np.concatenate([1 + t.astype(np.int8) - f for t, f in R]).astype(np.uint8).tofile(d + '/results.bin')
print(np.__version__)
`
  return inFolder(table, folder => {
    const script = join(folder, 'rules.py')
    writeFileSync(script, source)
    const said = run('python3', [script, folder])
    return done(`numpy ${said?.split('\n')[1] ?? ''}`, said, folder)
  })
}

function done(name: string, said: string | undefined, folder: string): Native | undefined {
  const results = join(folder, 'results.bin')
  if (said === undefined || !existsSync(results)) return undefined
  return { name, ms: Number.parseFloat(said), results: new Uint8Array(readFileSync(results)) }
}
