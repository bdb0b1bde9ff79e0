export interface Statement {
  readonly text: string
  /** Line of the file it begins on, from 1. */
  readonly line: number
}

/** The statements of an SQL file: cut at each semicolon that stands outside quotes, dollar quotes and comments. */
export function statementsOf(sql: string): Statement[] {
  const found: Statement[] = []
  let start = 0
  // In this order: line comment, block comment, quoted text, quoted name, dollar-quoted text, end of a statement.
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|;/g
  const cut = (end: number) => {
    const raw = sql.slice(start, end)
    const blank = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(raw)?.[0].length ?? 0
    const text = raw.slice(blank).trim()
    if (text) found.push({ text, line: sql.slice(0, start + blank).split('\n').length })
  }
  for (const match of sql.matchAll(token)) {
    if (match[0] !== ';') continue
    cut(match.index)
    start = match.index + 1
  }
  cut(sql.length)
  return found
}
