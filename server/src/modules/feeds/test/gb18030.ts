/** The decoder turned round: Node decodes GB18030 and does not encode it. */
export function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, number[]>()
  for (let a = 0x81; a <= 0xfe; a++)
    for (let b = 0x40; b <= 0xfe; b++) if (b !== 0x7f) table.set(decoder.decode(new Uint8Array([a, b])), [a, b])
  return Buffer.from(
    [...text].flatMap(c => ((c.codePointAt(0) as number) < 128 ? [c.charCodeAt(0)] : (table.get(c) ?? [0x3f]))),
  )
}
