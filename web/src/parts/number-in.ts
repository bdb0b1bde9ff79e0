/** Digits as a person types them, full width and with commas included; undefined when they are no number. */
export function numberIn(text: string): number | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[,\s]/g, '')
  return /^\d{1,12}(\.\d{0,2})?$/.test(plain) ? Number(plain) : undefined
}
