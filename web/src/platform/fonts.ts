/**
 * Phones and desks of our people have a Chinese font; test machines and some Linux desks draw boxes. Two different
 * characters that give the same picture are boxes. Only then is our own font fetched: its list of slices alone is 45 kB.
 */
export function drawsChinese(): boolean {
  const draw = (character: string) => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 24
    const pen = canvas.getContext('2d', { willReadFrequently: true })
    if (!pen) return undefined
    pen.font = `20px ${getComputedStyle(document.documentElement).getPropertyValue('--sans') || 'sans-serif'}`
    pen.fillText(character, 2, 20)
    return pen.getImageData(0, 0, 24, 24).data.join()
  }
  const [one, other] = [draw('永'), draw('龘')]
  return one === undefined || one !== other
}

export async function ensureChineseFont(): Promise<void> {
  if (!drawsChinese()) await import('@fontsource-variable/noto-sans-sc')
}
