import { pinyin } from 'pinyin-pro'

const han = /\p{Script=Han}/u
export const isHan = (text: string): boolean => han.test(text)

const read = new Map<string, string>()
const readSurname = new Map<string, readonly string[]>()
const plain = { toneType: 'none', type: 'array', v: true } as const

function syllable(character: string): string {
  let found = read.get(character)
  if (found === undefined) {
    found = isHan(character) ? (pinyin(character, plain)[0] ?? character).toLowerCase() : character.toLowerCase()
    read.set(character, found)
  }
  return found
}

/** A surname of two characters is read as one (尉迟 yuchi, 万俟 moqi), others as a surname of one (单 shan, 仇 qiu). */
function surnameSyllables(name: readonly string[]): readonly string[] {
  const [first = '', second = ''] = name
  const two = first + second
  const known = readSurname.get(two)
  if (known) return known
  const found =
    isHan(first) && isHan(second)
      ? pinyin(two, { ...plain, mode: 'surname', surname: 'head' }).map(s => s.toLowerCase())
      : [pinyin(first, { ...plain, mode: 'surname' })[0]?.toLowerCase() ?? '', syllable(second)]
  // What stands after a surname of one character is read by itself, so that the same character reads the same everywhere.
  const syllables = compound.has(two) ? found : [found[0] ?? '', syllable(second)]
  readSurname.set(two, syllables)
  return syllables
}
const compound = new Set(
  '欧阳 诸葛 上官 司马 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 夏侯 万俟 澹台 单于 端木 申屠 呼延 南宫 百里 东郭 钟离 轩辕 闻人 赫连 濮阳 淳于 太叔 公羊 仲孙 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 段干 独孤 南门 呼延 羊舌 微生 梁丘 左丘 东门 西门'.split(
    ' ',
  ),
)

/** The syllables of a Chinese name without tones, the surname read as a surname; of other names the text itself. */
export function readingOf(name: string): readonly string[] {
  const characters = [...name]
  if (!characters.some(isHan)) return [name.toLowerCase().replace(/[^a-z]/g, '')]
  return [...surnameSyllables(characters), ...characters.slice(2).map(syllable)].slice(0, characters.length)
}

/** How many characters of a name are its surname. */
export const surnameLength = (name: string): number =>
  compound.has(name.slice(0, 2)) && name.length > 2 ? 2 : name.length > 0 ? 1 : 0

/** What is hard to tell apart by ear in the district's accent is made equal: n/ng, z/zh, c/ch, s/sh, l/n, h/f before u. */
export const softened = (sound: string): string =>
  sound
    .replace(/^([zcs])h/, '$1')
    .replace(/ng$/, 'n')
    .replace(/^l/, 'n')
    .replace(/^hu(?=.)/, 'f')
