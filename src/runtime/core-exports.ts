import { awaitPostReturn } from './abi/calls.ts'
import { GuestResource } from './abi/guest-resource.ts'
import type { Context } from './context.ts'
import type { CoreExports, CoreFunction } from './descriptor.ts'
import type { Linked } from './link.ts'
import type { CoreExport, LiftedInterface, LiftSpec } from './link-program.ts'

const nothing = (): void => {}

/** The core functions of one exported interface of one instance. */
export class LiftedExports implements CoreExports {
  readonly #lifts: ReadonlyMap<string, LiftSpec>
  readonly #resources: ReadonlyMap<string, number>
  readonly #linked: Linked

  constructor({ functions, resources }: LiftedInterface, linked: Linked) {
    this.#lifts = functions
    this.#resources = resources
    this.#linked = linked
  }

  core<F extends CoreFunction>(name: string): F {
    const lift = this.#lifts.get(name)
    if (lift === undefined) throw new TypeError(`the descriptor does not list ${name} among its functions`)
    const core = this.#function(lift.core)
    const context = this.#linked.contexts[lift.context]
    if (lift.postReturn === undefined || !lift.isFlat || context === undefined) return core as F
    return withPostReturn(context, core, this.#function(lift.postReturn)) as F
  }

  postReturn<F extends CoreFunction>(name: string): F {
    const lift = this.#lifts.get(name)
    const def = lift === undefined || lift.isFlat ? undefined : lift.postReturn
    return (def === undefined ? nothing : this.#function(def)) as F
  }

  resource(name: string): GuestResource {
    const type = this.#linked.resources[this.#resources.get(name) ?? -1]
    if (!(type instanceof GuestResource)) throw new TypeError(`the guest does not implement the resource ${name}`)
    return type
  }

  drop(name: string): (rep: number) => void {
    return this.resource(name).dtor ?? nothing
  }

  #function({ instance, name }: CoreExport): CoreFunction {
    const value = this.#linked.instances[instance]?.[name]
    if (typeof value !== 'function') throw new TypeError(`the core export ${name} is no function`)
    return value as CoreFunction
  }
}

/**
 * A flat result needs no post-return, but a guest may have one all the same, and expects it to run. Generated code has
 * none here: `leave` runs it, when the result has been lifted.
 */
function withPostReturn(context: Context, core: CoreFunction, postReturn: CoreFunction): CoreFunction {
  const call = core as (...args: unknown[]) => unknown
  const after = postReturn as (result: unknown) => unknown
  return ((...args: unknown[]): unknown => {
    const result = call(...args)
    awaitPostReturn(context, after, result)
    return result
  }) as CoreFunction
}
