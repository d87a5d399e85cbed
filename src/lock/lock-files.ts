import type { Resolve, TypeDef } from '../ir/index.ts'
import { errorTypes } from './error-types.ts'
import { lockPath, normalized, readLock } from './lock-path.ts'
import { lockText, parseLock, typeOfKey, type Numbers } from './lock-text.ts'

/** For each error type the number of each of its cases, by WIT name. */
export type ErrorNumbers = ReadonlyMap<TypeDef, ReadonlyMap<string, number>>

/** A lock file as it should be. */
export interface LockState {
  /** Relative to the working folder. */
  readonly path: string
  readonly text: string
  /** How what is there compares with it. */
  readonly state: 'unchanged' | 'stale' | 'missing'
}

interface OpenLock {
  readonly before: string | undefined
  numbers: Numbers
}

/** The lock files of one run: several inputs may share one. Reads, never writes. */
export class LockFiles {
  readonly #locks: Map<string, OpenLock> = new Map()

  /**
   * The numbers of the error cases of an input: those in its lock file, and the next free ones for cases that it lacks.
   *
   * @throws DiagnosticError when the lock file cannot be used
   */
  number(input: string, resolve: Resolve): ErrorNumbers {
    const path = lockPath(input)
    const lock = this.#open(path)
    const numbers = new Map(lock.numbers)
    const last = new Map<string, number>()
    for (const [key, n] of numbers) last.set(typeOfKey(key), Math.max(n, last.get(typeOfKey(key)) ?? 0))
    const byType = new Map<TypeDef, ReadonlyMap<string, number>>()
    for (const { key, def, cases } of errorTypes(resolve)) {
      const own = new Map<string, number>()
      for (const name of cases) {
        const n = numbers.get(`${key}.${name}`) ?? (last.get(key) ?? 0) + 1
        numbers.set(`${key}.${name}`, n)
        last.set(key, Math.max(n, last.get(key) ?? 0))
        own.set(name, n)
      }
      byType.set(def, own)
    }
    lock.numbers = numbers
    return byType
  }

  /** How the lock files compare with what they should be, once all inputs are numbered; none where there are no numbers. */
  states(): readonly LockState[] {
    return [...this.#locks].flatMap(([path, { before, numbers }]) => {
      if (numbers.size === 0) return []
      const text = lockText(numbers)
      const state = before === undefined ? 'missing' : normalized(before) === text ? 'unchanged' : 'stale'
      return [{ path, text, state }]
    })
  }

  #open(path: string): OpenLock {
    const known = this.#locks.get(path)
    if (known !== undefined) return known
    const before = readLock(path)
    const shown = path.replaceAll('\\', '/')
    const numbers = before === undefined ? new Map() : parseLock({ path: shown, text: normalized(before) })
    const lock = { before, numbers }
    this.#locks.set(path, lock)
    return lock
  }
}
