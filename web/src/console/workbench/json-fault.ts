/**
 * Where a text can no longer be read as JSON: browsers name the place of some faults only.
 * @returns the index of the first character that does not fit, the length of the text where something is still to come;
 * undefined for what can be read
 */
export function jsonFaultAt(text: string): number | undefined {
  const reader = new Reader(text)
  return reader.whole() ? undefined : reader.at
}

const deepest = 500
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Each part tells whether it could be read; where not, `at` stays at the fault. */
class Reader {
  at = 0
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  whole(): boolean {
    if (!this.#value(0)) return false
    this.#space()
    return this.at === this.#text.length
  }

  #space(): void {
    while (' \t\n\r'.includes(this.#text[this.at] ?? 'x')) this.at++
  }

  #sign(sign: string): boolean {
    this.#space()
    if (this.#text[this.at] !== sign) return false
    this.at++
    return true
  }

  #take(token: RegExp): boolean {
    this.#space()
    token.lastIndex = this.at
    if (!token.test(this.#text)) return false
    this.at = token.lastIndex
    return true
  }

  #value(depth: number): boolean {
    if (depth > deepest) return false
    if (this.#sign('{')) return this.#rest('}', () => this.#take(string) && this.#sign(':') && this.#value(depth + 1))
    if (this.#sign('[')) return this.#rest(']', () => this.#value(depth + 1))
    return this.#take(string) || this.#take(plain)
  }

  #rest(end: string, one: () => boolean): boolean {
    if (this.#sign(end)) return true
    do if (!one()) return false
    while (this.#sign(','))
    return this.#sign(end)
  }
}
