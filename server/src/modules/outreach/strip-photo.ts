/**
 * Takes out of a picture everything that is not the picture: where and when it was taken, with what, and its small copy.
 * Telephones draw pictures anew before they send them; this does not rely on it.
 * @returns undefined for what is neither a JPEG nor a PNG from its first to its last part
 * @source JPEG: ITU-T T.81, B.1; PNG: ISO/IEC 15948, 5.3
 */
export function strippedPhoto(
  bytes: Buffer,
): { readonly type: 'image/jpeg' | 'image/png'; readonly bytes: Buffer } | undefined {
  if (bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8) {
    const stripped = strippedJpeg(bytes)
    return stripped && { type: 'image/jpeg', bytes: stripped }
  }
  if (bytes.subarray(0, 8).equals(pngStart)) {
    const stripped = strippedPng(bytes)
    return stripped && { type: 'image/png', bytes: stripped }
  }
  return undefined
}

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** What makes up the picture; text, times, Exif and everything private go. */
const pngKeeps = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB'])

function strippedJpeg(bytes: Buffer): Buffer | undefined {
  const parts = [bytes.subarray(0, 2)]
  let drawn = false
  for (let at = 2; at + 2 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    // What stands behind the end of the picture is another one, with its own place and time.
    if (marker === 0xd9) return drawn ? Buffer.concat([...parts, bytes.subarray(at, at + 2)]) : undefined
    if (at + 4 > bytes.length) return undefined
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) return undefined
    // APP1 to APP15 and comments; APP0 (JFIF) and APP14 (Adobe: how colours are meant) say nothing of anybody.
    const tells = (marker >= 0xe1 && marker <= 0xef && marker !== 0xee) || marker === 0xfe
    if (!tells) parts.push(bytes.subarray(at, at + 2 + length))
    at += 2 + length
    if (marker === 0xda) {
      const end = endOfScan(bytes, at)
      if (end === undefined) return undefined
      parts.push(bytes.subarray(at, end))
      at = end
      drawn = true
    }
  }
  return undefined
}

/** Where the next marker stands; escaped bytes and restarts belong to the scan. */
function endOfScan(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return undefined
}

function strippedPng(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [pngStart]
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (at + 12 + length > bytes.length) return undefined
    if (pngKeeps.has(name)) parts.push(bytes.subarray(at, at + 12 + length))
    at += 12 + length
    if (name === 'IEND') return Buffer.concat(parts)
  }
  return undefined
}

/** Spoken notes: what a browser records. @returns its type by what it holds, not by what it says */
export function voiceType(bytes: Buffer): string | undefined {
  if (bytes.length < 64) return undefined
  if (bytes.readUInt32BE(0) === 0x1a45dfa3) return 'audio/webm'
  if (bytes.toString('latin1', 0, 4) === 'OggS') return 'audio/ogg'
  return bytes.toString('latin1', 4, 8) === 'ftyp' ? 'audio/mp4' : undefined
}
