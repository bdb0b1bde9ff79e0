import { peopleOf, type Person } from '../src/people.ts'
import { randomOf } from '../src/random.ts'
import type { MadeUpList } from './made-up-western.ts'

// People who do not exist, another way than made-up-western: of each up to twenty-two copies, every one worse than the last, as lists
// are made for which a historical register is spoilt on purpose. First and last word of the whole name stand as given name and
// surname, whatever they are; a third of the birth dates are but a year; fathers and sons share name, place and title.

const males =
  'john william thomas george henry james charles edward robert joseph richard samuel arthur frederick francis walter alexander david alfred peter philip benjamin stephen hugh matthew daniel andrew edmund ernest albert nicholas harold herbert percy reginald ralph christopher lewis edwin augustus sidney leonard isaac cecil simon roger anthony gilbert geoffrey humphrey theodore rowland'.split(
    ' ',
  )
const females =
  'mary elizabeth anne margaret sarah jane catherine harriet charlotte frances emily alice ann eleanor florence edith martha dorothy ellen maria caroline louisa emma isabella agnes ethel beatrice'.split(
    ' ',
  )
const otherForms: Readonly<Record<string, readonly string[]>> = {
  john: ['jack', 'johnny', 'jon'],
  william: ['will', 'bill', 'willie', 'liam'],
  thomas: ['tom', 'tommy'],
  henry: ['harry', 'hal', 'hank'],
  james: ['jim', 'jimmy', 'jamie'],
  charles: ['charlie', 'chuck', 'karl'],
  edward: ['ted', 'ned', 'eddie'],
  robert: ['bob', 'rob', 'bobby'],
  joseph: ['joe', 'josef'],
  mary: ['polly', 'molly', 'marie'],
  elizabeth: ['eliza', 'betty', 'bess', 'lizzie'],
  anne: ['nancy', 'annie', 'anna'],
  richard: ['dick', 'rick'],
  margaret: ['peggy', 'meg', 'maggie'],
  frederick: ['fred', 'freddie'],
  george: ['georg', 'jorge'],
  catherine: ['kate', 'kitty'],
}
const besides: Readonly<Record<string, string>> = {
  a: 'qs',
  s: 'ad',
  d: 'sf',
  e: 'wr',
  r: 'et',
  o: 'ip',
  n: 'bm',
  l: 'k',
}

interface Being {
  readonly place: number
  readonly sex: 'male' | 'female'
  readonly given: string
  readonly surname: string
  readonly middles: readonly string[]
  readonly title: string
  readonly year: number
  readonly birth: string
  readonly code: string
  readonly full: string
  readonly jobs: readonly string[]
}

/** @param worst how likely each word of the last copy is another one, and @param gone that it is missing */
export function madeUpCopies({
  rows: wanted,
  seed,
  worst = 0.6,
  gone: missing = 0.5,
}: {
  rows: number
  seed: number
  worst?: number
  gone?: number
}): MadeUpList {
  const random = randomOf(seed)
  const int = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const pick = <T>(from: ArrayLike<T>): T => from[int(0, from.length - 1)] as T
  const chance = (p: number) => random() < p
  const common = <T>(from: ArrayLike<T>, how = 2): T => from[Math.floor(from.length * random() ** how)] as T
  const starts = 'an be cor da el fin gar ha is jo ken lo mar nor os pel ri sal tom ul ver win yor bra cle dru fre gla'
  const ends = 'son ton ley ford man er ey ell ith ock wood field ham worth more'.split(' ')
  const word = () => pick(starts.split(' ')) + (chance(0.6) ? pick(starts.split(' ')) : '') + pick(ends)
  const words = (n: number) => [...new Set(Array.from({ length: n * 2 }, word))].slice(0, n)
  const [surnames, places, jobs] = [words(4000), words(400), words(60)]
  const isSurname = new Set(surnames)
  const slip = (text: string) => {
    const at = int(0, Math.max(0, text.length - 1))
    return text.slice(0, at) + pick(besides[text[at] ?? ''] ?? 'ae') + text.slice(at + (chance(0.3) ? 0 : 1))
  }
  const two = (n: number) => String(n).padStart(2, '0')
  const letter = () => String.fromCodePoint(97 + int(0, 25))
  const areas = places.map(() => letter() + letter())
  const codeIn = (place: number, area: string | number = int(1, 20)) =>
    `${typeof area === 'string' ? area : `${areas[place]}${area}`} ${int(1, 9)}${letter()}${letter()}`
  const people: Being[] = []
  const being = (): Being => {
    const kin = people.length > 20 && chance(0.15) ? pick(people) : undefined
    const place = kin?.place ?? Math.floor(places.length * random() ** 2)
    const sex = chance(0.88) ? 'male' : 'female'
    const names = sex === 'male' ? males : females
    const given = kin?.sex === sex && chance(0.35) ? kin.given : common(names)
    const surname = kin?.surname ?? common(surnames, 1.5)
    const middles = [0.5, 0.2].filter(chance).map(() => (chance(0.7) ? common(names) : common(surnames)))
    const rank = () => `${pick(['baron', 'earl', 'baronet', 'viscount'])} ${chance(0.6) ? pick(places) : surname}`
    const title = kin?.title ?? (chance(0.12) ? rank() : '')
    const year = kin ? kin.year + int(-30, 35) : Math.round(1930 - 330 * random() ** 1.7)
    const birth = `${year}-${chance(0.3) ? '01-01' : `${two(int(1, 12))}-${two(int(1, 28))}`}`
    const full = [given, ...middles, surname].join(' ') + (title ? `, ${int(1, 9)}th ${title}` : '')
    const does = [common(jobs), common(jobs)].slice(0, chance(0.3) ? 2 : 1)
    return { place, sex, given, surname, middles, title, year, birth, code: codeIn(place), full, jobs: does }
  }
  const otherName = ({ full, given, surname, middles, title }: Being) =>
    pick([
      full,
      `${given} ${surname}`,
      [given, ...middles.slice(0, 1), surname].join(' '),
      title ? (title.split(' ').at(-1) ?? surname) : `${given} ${surname}`,
      title ? `${given} ${title}` : `${given.slice(0, 1)} ${surname}`,
      middles[0] ? `${middles[0]} ${surname}` : full,
      chance(0.3) ? `${given} ${common(surnames)}` : full,
    ])
  const otherWord = (text: string) => {
    const forms = otherForms[text]
    if (forms && chance(0.7)) return pick(forms)
    return isSurname.has(text) && chance(0.4) ? slip(text) : text
  }
  const otherBirth = (birth: string) => {
    if (chance(0.3)) return `${birth.slice(0, 4)}-01-01`
    if (chance(0.3)) return slip(birth.replaceAll('-', '')).replaceAll(/\D/g, '5')
    const days = int(-400, 400) * pick([1, 1, 10, 0.05])
    return new Date(Date.parse(`${birth}T00:00:00Z`) + Math.round(days) * 86_400_000).toISOString().slice(0, 10)
  }
  const rows: Person[] = []
  const person: number[] = []
  while (rows.length < wanted) {
    const one = being()
    people.push(one)
    const copies = chance(0.35) ? int(1, 6) : int(5, 20)
    for (let n = 0; n < copies && rows.length < wanted; n++) {
      const share = copies > 1 ? n / (copies - 1) : 0
      const isOther = () => n > 0 && chance(0.1 + (worst - 0.1) * share)
      const isGone = () => n > 0 && chance(missing * share)
      const kept = (text: string, other: () => string) => (isGone() ? '' : isOther() ? other() : text)
      const written = isOther()
        ? pick([otherName(one), otherName(one), one.full.split(' ').map(otherWord).join(' '), slip(one.full)])
        : one.full
      const parts = written.replaceAll(',', '').split(' ')
      if (isGone() && parts.length > 1) parts.splice(chance(0.5) ? 0 : -1, 1)
      rows.push({
        id: `C${rows.length}`,
        name: parts.join(' '),
        givenName: parts[0] ?? '',
        surname: parts.length > 1 ? (parts.at(-1) ?? '') : '',
        birthDate: kept(one.birth, () => otherBirth(one.birth)),
        birthPlace: kept(places[one.place] ?? '', () =>
          pick([slip(places[one.place] ?? ''), `${places[one.place]} parish`, pick(places)]),
        ),
        postcode: kept(one.code, () => codeIn(one.place, chance(0.7) ? (one.code.split(' ')[0] ?? '') : int(1, 20))),
        sex: isGone() ? '' : chance(0.02) ? 'female' : one.sex,
        occupation: kept(pick(one.jobs), () => common(jobs)),
      })
      person.push(people.length - 1)
    }
  }
  return { list: peopleOf(rows), person }
}
