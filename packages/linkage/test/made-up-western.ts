import { type People, peopleOf, type Person } from '../src/people.ts'
import { randomOf } from '../src/random.ts'

// People who do not exist, with the slips the FEBRL generator and sets of historical people are known for. Names are syllables put
// together, so that no list of real people is needed; their frequencies fall as those of real names do.

export interface MadeUpList {
  readonly list: People
  /** Which person each row is of. */
  readonly person: readonly number[]
}

function drawing(seed: number) {
  const random = randomOf(seed)
  const int = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const pick = <T>(from: ArrayLike<T>): T => from[int(0, from.length - 1)] as T
  const chance = (p: number) => random() < p
  const syllables =
    'an be cor da el fin gar ha is jo ken lo mar nor os pel ri sal tom ul ver win yor bra cle dru fre gla pri sto tre'.split(
      ' ',
    )
  const ends = 'son ton ley ford man er a ia ie ell ith ock wood field ham'.split(' ')
  const word = () => pick(syllables) + (chance(0.6) ? pick(syllables) : '') + pick(ends)
  const words = (n: number) => [...new Set(Array.from({ length: n * 2 }, word))].slice(0, n)
  const skewed = (from: readonly string[]) => from[Math.floor(from.length * random() ** 2.2)] ?? ''
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const slip = (text: string) => {
    if (text.length < 2) return text
    const at = int(0, text.length - 2)
    const letter = /\d/.test(text[at] ?? '') ? String(int(0, 9)) : letters[int(0, 25)]
    const kind = int(0, 3)
    if (kind === 0) return text.slice(0, at) + text.slice(at + 1)
    if (kind === 1) return text.slice(0, at) + letter + text.slice(at)
    if (kind === 2) return text.slice(0, at) + letter + text.slice(at + 1)
    return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
  }
  const two = (n: number) => String(n).padStart(2, '0')
  return { random, int, pick, chance, words, skewed, slip, two }
}

/** Like febrl3: originals with up to five duplicates of up to ten slips. */
export function madeUpFebrl({
  originals,
  duplicates,
  seed,
  slips = 10,
}: {
  originals: number
  duplicates: number
  seed: number
  slips?: number
}): MadeUpList {
  const { int, pick, chance, words, skewed, slip, two } = drawing(seed)
  const [givens, surnames, streets, suburbs, localities] = [words(300), words(900), words(1200), words(700), words(900)]
  const kinds = ['street', 'place', 'crescent', 'close', 'avenue', 'circuit']
  const states = ['nsw', 'vic', 'qld', 'wa', 'sa', 'tas', 'act']
  const original = (): Record<string, string> => ({
    givenName: skewed(givens),
    surname: skewed(surnames),
    houseNumber: String(int(1, chance(0.8) ? 99 : 999)),
    street: `${skewed(streets)} ${pick(kinds)}`,
    locality: chance(0.6) ? skewed(localities) : '',
    suburb: skewed(suburbs),
    postcode: String(int(2000, 6999)),
    region: states[Math.min(6, int(0, 9))] ?? 'nsw',
    birthDate: chance(0.95) ? `${int(1900, 1999)}${two(int(1, 12))}${two(int(1, 28))}` : '',
    number: String(int(1_000_000, 9_999_999)),
  })
  const people = Array.from({ length: originals }, original)
  const rows: Record<string, string>[] = [...people]
  const person = people.map((_, at) => at)
  for (let made = 0; made < duplicates; ) {
    const at = int(0, originals - 1)
    for (let copies = int(1, 5); copies > 0 && made < duplicates; copies--, made++) {
      const row = { ...people[at] }
      for (let n = int(1, slips); n > 0; n--) {
        const field = pick(Object.keys(row).filter(f => f !== 'number' || chance(0.5)))
        const r = int(0, 9)
        if (r < 7) row[field] = slip(row[field] ?? '')
        else if (r < 8) row[field] = ''
        else if (field === 'givenName' || field === 'surname')
          [row['givenName'], row['surname']] = [row['surname'] ?? '', row['givenName'] ?? '']
        else if (field === 'street' || field === 'locality')
          [row['street'], row['locality']] = [row['locality'] ?? '', row['street'] ?? '']
        else row[field] = slip(slip(row[field] ?? ''))
      }
      rows.push(row)
      person.push(at)
    }
  }
  return { list: peopleOf(rows as Person[]), person }
}

/** Like a set of historical people: about ten rows a person, half of them wanting something, other forms of names, wrong years. */
export function madeUpHistorical({ rows: wanted, seed }: { rows: number; seed: number }): MadeUpList {
  const { random, int, pick, chance, words, skewed, slip, two } = drawing(seed)
  const [surnames, places, jobs] = [words(2500), words(180), words(70)]
  const givens =
    'john william thomas george henry james charles edward robert joseph mary elizabeth anne richard samuel arthur frederick francis margaret walter alexander sarah david alfred jane peter philip benjamin stephen hugh matthew daniel catherine andrew edmund ernest harriet charlotte albert nicholas frances emily alice'.split(
      ' ',
    )
  const short: Record<string, readonly string[]> = {
    john: ['jack', 'johnny'],
    william: ['will', 'bill', 'willie'],
    thomas: ['tom', 'tommy'],
    henry: ['harry', 'hal'],
    james: ['jim', 'jimmy'],
    charles: ['charlie'],
    edward: ['ted', 'ned'],
    robert: ['bob', 'rob'],
    joseph: ['joe'],
    mary: ['polly', 'molly'],
    elizabeth: ['eliza', 'betty', 'bess'],
    anne: ['nancy', 'annie'],
    richard: ['dick', 'rick'],
    samuel: ['sam'],
    margaret: ['peggy', 'meg'],
    frederick: ['fred'],
    francis: ['frank'],
    alexander: ['alec', 'sandy'],
  }
  const areas = places.map((_, at) => `${String.fromCharCode(97 + (at % 26), 97 + ((at * 7) % 26))}`)
  const rows: Person[] = []
  const person: number[] = []
  for (let who = 0; rows.length < wanted; who++) {
    const [given, surname, place] = [skewed(givens), skewed(surnames), Math.floor(places.length * random() ** 1.8)]
    const middle = chance(0.4) ? skewed(givens) : ''
    const title = chance(0.15) ? `${int(1, 9)}th baron ${places[place]}` : ''
    const code = `${areas[place]}${int(1, 20)} ${int(1, 9)}${String.fromCharCode(97 + int(0, 25), 97 + int(0, 25))}`
    const birth = `${int(1650, 1920)}-${two(int(1, 12))}-${two(int(1, 28))}`
    const [sex, job] = [chance(0.8) ? 'male' : 'female', skewed(jobs)]
    for (
      let copies = Math.max(1, Math.round(-9 * Math.log(1 - random())));
      copies > 0 && rows.length < wanted;
      copies--
    ) {
      let [g, s, b, p] = [given, surname, birth, code]
      if (chance(0.12)) g = pick(short[given] ?? [given])
      if (chance(0.08)) g = slip(g)
      if (chance(0.04) && middle !== '') g = middle
      if (chance(0.1)) s = slip(s)
      if (chance(0.05)) s = title === '' ? skewed(surnames) : (places[place] ?? s)
      if (chance(0.08)) b = `${b.slice(0, 4)}-01-01`
      if (chance(0.08)) b = slip(b)
      if (chance(0.04)) b = `${int(1650, 1920)}${b.slice(4)}`
      if (chance(0.2)) p = `${p.split(' ')[0]} ${int(1, 9)}${String.fromCharCode(97 + int(0, 25), 97 + int(0, 25))}`
      if (chance(0.12)) p = `${areas[place]}${int(1, 20)} ${int(1, 9)}xy`
      const kept = (text: string, missing: number) => (chance(missing) ? '' : text)
      rows.push({
        id: `H${rows.length}`,
        name: [g, chance(0.5) ? middle : '', s, chance(0.6) ? title : ''].filter(Boolean).join(' '),
        givenName: kept(g, 0.03),
        surname: kept(s, 0.03),
        birthDate: kept(b, 0.2),
        birthPlace: kept(chance(0.92) ? (places[place] ?? '') : pick(places), 0.25),
        postcode: kept(p, 0.22),
        sex: kept(sex, 0.15),
        occupation: kept(chance(0.85) ? job : skewed(jobs), 0.3),
      })
      person.push(who)
    }
  }
  return { list: peopleOf(rows), person }
}
