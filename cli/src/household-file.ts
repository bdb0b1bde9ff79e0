/**
 * A name that stands twice in one object of a JSON text. `JSON.parse` keeps the last silently, but of two answers to one
 * question neither goes before the other.
 */
export function repeatedName(json: string): string | undefined {
  const open: Set<string>[] = []
  for (const [token, name] of json.matchAll(/"([^"\\]*(?:\\.[^"\\]*)*)"(?:\s*:)?|[{}]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '}') open.pop()
    else if (token.endsWith(':')) {
      const plain = name?.includes('\\') ? (JSON.parse(`"${name}"`) as string) : (name ?? '')
      if (open.at(-1)?.has(plain)) return plain
      open.at(-1)?.add(plain)
    }
  }
  return undefined
}
