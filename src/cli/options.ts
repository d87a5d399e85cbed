import { UsageError } from './usage-error.ts'

/**
 * A yargs `coerce` for options that take one value: yargs makes a list of an option that is given twice, and accepts an
 * empty value.
 *
 * @param flag as the user writes it, for the message
 */
export function once<T extends string>(flag: string): (value: T | readonly T[]) => T {
  return (value) => {
    if (typeof value !== 'string') throw new UsageError(`${flag} can be given only once`)
    if (value === '') throw new UsageError(`${flag} needs a value`)
    return value
  }
}

/** A yargs `coerce` for options that may be repeated, and take several values separated by commas. */
export function names(flag: string): (values: readonly string[]) => readonly string[] {
  return (values) => {
    const all = values.flatMap((value) => value.split(',')).map((name) => name.trim())
    if (all.includes('')) throw new UsageError(`${flag} needs a value`)
    return all
  }
}
