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
