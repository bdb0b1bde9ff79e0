import { readFileSync } from 'node:fs'

export interface Place {
  readonly code: string
  readonly name: string
}

const rowsOf = (file: string): string[][] =>
  readFileSync(new URL(`../../data/divisions/${file}`, import.meta.url), 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map(line => line.split(','))

const placesOf = (file: string): Place[] => rowsOf(file).map(([code = '', name = '']) => ({ code, name }))

/** The 24 townships and subdistricts, by code. */
export const townships = (): Place[] => placesOf('townships.csv')

/** The 350 villages and communities, by code. */
export const villages = (): Place[] => placesOf('villages.csv')
