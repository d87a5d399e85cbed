import type { ExampleFiles } from './explanation.ts'

/**
 * A component with one function, `run`.
 *
 * @param core what its core module has: at least an exported function `run`
 * @param type parameters and result of `run`, as in the text format
 * @param options of `canon lift`
 */
export function guest(core: string, type = '', options = ''): ExampleFiles {
  return {
    'guest.wat': `(component
  (core module $m
    ${core.replaceAll('\n', '\n    ')})
  (core instance $i (instantiate $m))
  (func (export "run")${type === '' ? '' : ` ${type}`} (canon lift (core func $i "run")${options === '' ? '' : ` ${options}`})))
`,
  }
}

/** A component that imports a function `log` and calls it in `run`. */
export const CALLER: ExampleFiles = importing('(import "log" (func $f))', '$f')

/**
 * A component whose function `run` calls an import without parameters.
 *
 * @param imported the import
 * @param func how `canon lower` refers to the function
 * @param result the core type of its result, as `(result i64)`; dropped
 */
export function importing(imported: string, func: string, result = ''): ExampleFiles {
  const type = result === '' ? '' : ` ${result}`
  const drop = result === '' ? '(call $f)' : '(drop (call $f))'
  return {
    'guest.wat': `(component
  ${imported}
  (core func $lowered (canon lower (func ${func})))
  (core module $m (import "" "f" (func $f${type})) (func (export "run") ${drop}))
  (core instance $i (instantiate $m (with "" (instance (export "f" (func $lowered))))))
  (func (export "run") (canon lift (core func $i "run"))))
`,
  }
}
