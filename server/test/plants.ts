import type { House } from './house.ts'

/** Strings that stand for somebody's secrets. If one of them reaches a stranger, a wall is down. */
export const canaries = ['金丝雀甲', '金丝雀乙', '330111194904150001', '10012345678', 'canary-note'] as const

export const village = '330111109203'

/**
 * Puts somebody's data into every module whose rows belong to a place or a person, through its own routes where they are
 * mounted. Each module adds what it keeps.
 */
export const plants: readonly ((house: House) => Promise<void>)[] = [
  async function household(house) {
    const added = await house.as('guide', { scope: village }).post('POST /households', {
      body: {
        division: village,
        members: [
          { name: canaries[0], idNumber: canaries[2], relation: '01', phone: canaries[3] },
          { name: canaries[1], relation: '20' },
        ],
      },
    })
    if (added.problem) throw new Error(added.text)
  },
  async function visitor(house) {
    const phone = house.nobody()
    const begun = await phone.post('POST /visitors', { body: { village } })
    if (begun.problem) throw new Error(begun.text)
  },
]
