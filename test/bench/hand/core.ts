type CoreFunction = (...args: never[]) => unknown

/** The core functions of an instance, by WIT name. */
export interface Core {
  func<F extends CoreFunction>(name: string): F
  post(name: string): (ret: number) => void
}

export function coreOf(exports: WebAssembly.Exports): Core {
  const find = (name: string): unknown => {
    const value = exports[name]
    if (typeof value !== 'function') throw new TypeError(`the guest does not export ${name}`)
    return value
  }
  return {
    func: <F extends CoreFunction>(name: string) => find(`witgen:bench/api@0.1.0#${name}`) as F,
    post: (name) => find(`cabi_post_witgen:bench/api@0.1.0#${name}`) as (ret: number) => void,
  }
}
