/** What a file is by its first bytes; its name does not count. */
export type FileKind = 'xlsx' | 'csv' | 'empty' | 'oldExcel' | 'webPage' | 'other'

export function fileKind(head: Buffer): FileKind {
  if (head.length === 0 || head.toString('latin1').trim() === '') return 'empty'
  if (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return 'xlsx'
  if (head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) return 'oldExcel'
  if (/^(%PDF|GIF8|\x89PNG|\xff\xd8\xff|Rar!|7z\xbc\xaf|\x1f\x8b|PK\u0005)/.test(head.toString('latin1', 0, 8)))
    return 'other'
  if (/^\s*(<!doctype html|<html|<table|<\?xml)/i.test(head.toString('utf8').replace(/^\uFEFF/, ''))) return 'webPage'
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  return !utf16 && head.includes(0) ? 'other' : 'csv'
}

/** WPS and Excel of Chinese systems write CSV in GB18030; nobody says so in the file. */
export function encodingOf(
  file: Buffer,
  isUtf8: (bytes: Buffer) => boolean,
): 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' {
  if (file[0] === 0xff && file[1] === 0xfe) return 'utf-16le'
  if (file[0] === 0xfe && file[1] === 0xff) return 'utf-16be'
  if (file.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return 'utf-8'
  return isUtf8(file) ? 'utf-8' : 'gb18030'
}
