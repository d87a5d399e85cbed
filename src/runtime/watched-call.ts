import type { ExportWatch, ImportWatch } from './call-watch.ts'

type AnyFunction = (...args: unknown[]) => unknown

/**
 * An exported function that is watched. There is one function literal for each number of parameters: each tells engines of its own
 * calls only, and an array of the arguments costs more than all the rest.
 *
 * @param call its `length` says how many parameters it has; 0 stands for any number
 */
export function watchedExport(call: AnyFunction, watch: ExportWatch): AnyFunction {
  const { context } = watch
  switch (call.length) {
    case 1:
      return function (this: unknown, a: unknown): unknown {
        const { bytesIn, bytesOut } = context
        watch.begin()
        let result: unknown
        try {
          result = call.call(this, a)
        } catch (error) {
          watch.threw(error)
          throw error
        }
        watch.returned(bytesIn, bytesOut)
        return result
      }
    case 2:
      return function (this: unknown, a: unknown, b: unknown): unknown {
        const { bytesIn, bytesOut } = context
        watch.begin()
        let result: unknown
        try {
          result = call.call(this, a, b)
        } catch (error) {
          watch.threw(error)
          throw error
        }
        watch.returned(bytesIn, bytesOut)
        return result
      }
    case 3:
      return function (this: unknown, a: unknown, b: unknown, c: unknown): unknown {
        const { bytesIn, bytesOut } = context
        watch.begin()
        let result: unknown
        try {
          result = call.call(this, a, b, c)
        } catch (error) {
          watch.threw(error)
          throw error
        }
        watch.returned(bytesIn, bytesOut)
        return result
      }
    default:
      return function (this: unknown, ...args: unknown[]): unknown {
        const { bytesIn, bytesOut } = context
        watch.begin()
        let result: unknown
        try {
          result = call.apply(this, args)
        } catch (error) {
          watch.threw(error)
          throw error
        }
        watch.returned(bytesIn, bytesOut)
        return result
      }
  }
}

/** A function of the host that is watched: it gets as many arguments as the guest passes, however many parameters it declares. */
export function watchedImport(call: AnyFunction, watch: ImportWatch): AnyFunction {
  return function (this: unknown, ...args: unknown[]): unknown {
    const bytesOut = watch.begin()
    const start = watch.now()
    let result: unknown
    try {
      result = args.length === 1 ? call.call(this, args[0]) : call.apply(this, args)
    } catch (error) {
      watch.threw(error, start)
      throw error
    }
    watch.returned(start, bytesOut)
    return result
  }
}
