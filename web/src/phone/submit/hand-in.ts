import { phoneDigits } from '@zhulian/kernel'

/** What is handed to the guide beside the result. */
export interface HandIn {
  readonly name: string
  readonly phone?: string
  readonly village: string
  readonly wants?: readonly string[]
  /** What is needed most. */
  readonly needs?: readonly string[]
  readonly note?: string
}

export type WrongHandIn = 'name' | 'phone' | 'village' | 'agreed'

export interface HandInForm {
  readonly name: string
  readonly phone: string
  readonly village: string
  /** undefined: everything that can be applied for. */
  readonly wants: readonly string[] | undefined
  readonly needs: readonly string[]
  readonly note: string
  readonly agreed: boolean
}

export function readHandIn(form: HandInForm): { handIn: HandIn } | { wrong: readonly WrongHandIn[] } {
  const name = form.name.trim()
  const typed = form.phone.trim()
  const phone = phoneDigits(typed)
  const note = form.note.trim()
  const wrong: WrongHandIn[] = []
  if (name === '') wrong.push('name')
  if (typed !== '' && phone === undefined) wrong.push('phone')
  if (!/^\d{12}$/.test(form.village)) wrong.push('village')
  if (!form.agreed) wrong.push('agreed')
  if (wrong.length > 0) return { wrong }
  return {
    handIn: {
      name,
      village: form.village,
      ...(phone === undefined ? {} : { phone }),
      ...(note === '' ? {} : { note }),
      ...(form.needs.length > 0 ? { needs: form.needs } : {}),
      ...(form.wants && form.wants.length > 0 ? { wants: form.wants } : {}),
    },
  }
}
