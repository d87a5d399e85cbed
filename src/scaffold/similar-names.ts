import { distance } from '../ir/distance.ts'

/**
 * How much two kebab names look like the same thing renamed: 1 for equal ones, 0 for names that have nothing to do with each other.
 * Names count as similar that share a word, or differ in less than half of their letters.
 */
export function similarity(a: string, b: string): number {
  const [wordsA, wordsB] = [a.split('-'), b.split('-')]
  const shared = wordsA.filter((word) => word.length > 2 && wordsB.includes(word)).length
  const byWords = shared / Math.max(wordsA.length, wordsB.length)
  const byLetters = 1 - distance(a, b) / Math.max(a.length, b.length)
  return Math.max(byWords, byLetters > 0.5 ? byLetters : 0)
}
