import { malformedJson } from '../refusals.ts'

const depthLimit = 32
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * JSON as strictly as the standard allows: UTF-8, no repeated keys (two readers would disagree which one counts), no keys that
 * reach into prototypes, no NUL and no lone surrogates, which PostgreSQL cannot keep.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw malformedJson({ problem: 'empty' })
  let source: string
  try {
    source = utf8.decode(bytes)
  } catch {
    throw malformedJson({ problem: 'encoding' })
  }
  checkDepth(source)
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch {
    throw malformedJson({ problem: 'syntax' })
  }
  checkKeys(source)
  // Decoded UTF-8 holds neither; only an escape can bring them in.
  if (source.includes('\\u')) checkStrings(value)
  return value
}

const quote = 0x22
const backslash = 0x5c

/** The closing quote of the string that opens at `from`; the end of the source when there is none. */
function closing(source: string, from: number): number {
  for (let i = from + 1; i < source.length; i++) {
    const code = source.charCodeAt(i)
    if (code === backslash) i += 1
    else if (code === quote) return i
  }
  return source.length
}

/** Before parsing: depth costs the parser's stack. Not a regular expression: one that finds strings is quadratic on broken ones. */
function checkDepth(source: string): void {
  let depth = 0
  for (let i = 0; i < source.length; i++) {
    const letter = source[i]
    if (letter === '"') i = closing(source, i)
    else if (letter === '{' || letter === '[') depth += 1
    else if (letter === '}' || letter === ']') depth -= 1
    if (depth > depthLimit) throw malformedJson({ problem: 'tooDeep' })
  }
}

/** The source is known to be JSON, so a string followed by a colon is a key. */
function checkKeys(source: string): void {
  const open: Set<string>[] = []
  let last = ''
  for (let i = 0; i < source.length; i++) {
    const letter = source[i]
    if (letter === '"') {
      const end = closing(source, i)
      last = source.slice(i, end + 1)
      i = end
    } else if (letter === '{' || letter === '[') open.push(new Set())
    else if (letter === '}' || letter === ']') open.pop()
    else if (letter === ':') {
      const key = JSON.parse(last) as string
      if (unsafeKeys.has(key)) throw malformedJson({ problem: 'unsafeKey' })
      const keys = open.at(-1)
      if (keys?.has(key)) throw malformedJson({ problem: 'repeatedKey' })
      keys?.add(key)
    }
  }
}

const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype'])

export const isPlain = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

function checkStrings(value: unknown): void {
  if (typeof value === 'string') {
    if (!isPlain(value)) throw malformedJson({ problem: 'unprintable' })
  } else if (Array.isArray(value)) {
    for (const item of value) checkStrings(item)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      checkStrings(key)
      checkStrings(item)
    }
  }
}
