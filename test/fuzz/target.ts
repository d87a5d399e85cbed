import type { Random } from './random.ts'

/** Something that is given mutated input. */
export interface Target {
  readonly name: 'wit' | 'component' | 'rewrite' | 'dwarf'
  /** How files with its input end. */
  readonly extension: string
  /** What is mutated. */
  readonly corpus: readonly Uint8Array[]
  mutate(random: Random, seed: Uint8Array): Uint8Array
  /**
   * Runs the code under test.
   *
   * @returns whether the input was taken, which tells whether mutations go deep enough
   * @throws Error where the code does what it must not do
   */
  check(input: Uint8Array): Promise<boolean> | boolean
}
