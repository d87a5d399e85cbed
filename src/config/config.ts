/** What `witgen.config.{ts,js,mjs,json}` or `package.json#witgen` says; everything may be left out. */
export interface WitgenConfig {
  /** WIT folders or files, components, WIT packages in binary form; each is a root package of its own. Default: `['wit']`. */
  readonly inputs?: readonly string[] | undefined
  /** The worlds to generate. Default: all worlds of the root packages. */
  readonly worlds?: readonly string[] | undefined
  /** The output folder. Default: `'generated'`. */
  readonly out?: string | undefined
  /** `ts` for TypeScript; `js` for JavaScript with declarations and maps that lead editors into the WIT. Default: `'ts'`. */
  readonly target?: 'ts' | 'js' | undefined
  /** How relative imports end; `ts` for sources that Node runs as they are, `none` for bundlers. Default: `'js'`. */
  readonly importExtension?: 'js' | 'ts' | 'none' | undefined
  /**
   * Whether to make `<interface>.views.ts` as well: functions whose lists of numbers and records are looked at in the
   * guest's memory, instead of being copied. Default: no.
   */
  readonly views?: boolean | undefined
  /** What to include of that which is `@unstable`. Default: nothing. */
  readonly features?: readonly string[] | 'all' | undefined
}

/**
 * Gives a configuration back as it is: editors then complete and check it.
 *
 * ```ts
 * import { defineConfig } from 'witgen'
 *
 * export default defineConfig({ inputs: ['wit'], out: 'src/generated' })
 * ```
 */
export function defineConfig(config: WitgenConfig): WitgenConfig {
  return config
}
