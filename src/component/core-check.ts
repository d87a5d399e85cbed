import { flattenFunc } from '../abi/flatten.ts'
import { neededOptions } from '../abi/options.ts'
import type { Func } from '../ir/index.ts'
import { ComponentError } from './component-error.ts'
import { readCoreModule, type CoreModule, type CoreModuleImport } from './core-module.ts'
import { coreSignature, type CoreExternType, type CoreFuncType } from './core-types.ts'
import type { CanonOptions, CoreDef, CoreImport, FuncDef, LinkPlan, ResourceDef } from './link-plan.ts'

type Lift = Extract<FuncDef, { readonly kind: 'lift' }>
type Lower = Extract<CoreDef, { readonly kind: 'lower' }>

/** Where something does not fit: the number of the core module, and a line that says what was expected and found. */
export interface CoreMisfit {
  readonly module: number
  readonly text: string
}

const REALLOC: CoreFuncType = { params: ['i32', 'i32', 'i32', 'i32'], results: ['i32'] }
const BUILT_INS: Readonly<Record<'resource-new' | 'resource-rep' | 'resource-drop', CoreFuncType>> = {
  'resource-new': { params: ['i32'], results: ['i32'] },
  'resource-rep': { params: ['i32'], results: ['i32'] },
  'resource-drop': { params: ['i32'], results: [] },
}

/**
 * Compares the core functions and memories that a component lifts, lowers and passes as canonical options with the types of
 * its functions, which engines do not: a core function that gets what it does not expect computes with wrong values.
 * Spec: CanonicalABI.md, `flatten_functype` and the static validation of each canonical definition.
 *
 * Core modules that cannot be read are left to the engine.
 */
export function coreMisfits(
  plan: Pick<LinkPlan, 'exports' | 'steps' | 'modules' | 'resources'>,
): readonly CoreMisfit[] {
  return new CoreCheck(plan).run()
}

class CoreCheck {
  readonly #plan: Pick<LinkPlan, 'exports' | 'steps' | 'modules' | 'resources'>
  /** The number of the core module that each core instance is of. */
  readonly #moduleOf: readonly number[]
  readonly #modules: Map<number, CoreModule | undefined> = new Map()
  readonly #exports: Map<number, ReadonlyMap<string, CoreExternType>> = new Map()
  readonly #checked: Set<CanonOptions> = new Set()
  /** By text: a function may be reached in several ways. */
  readonly #misfits: Map<string, CoreMisfit> = new Map()

  constructor(plan: Pick<LinkPlan, 'exports' | 'steps' | 'modules' | 'resources'>) {
    this.#plan = plan
    this.#moduleOf = plan.steps.flatMap((step) => (step.kind === 'instantiate' ? [step.module] : []))
  }

  run(): readonly CoreMisfit[] {
    const { exports, steps, resources } = this.#plan
    for (const [id, item] of exports) {
      if (item.kind === 'function') this.#func(item.function, id)
      else if (item.kind === 'interface') {
        for (const [name, func] of item.functions) this.#func(func, `${id}#${name}`)
      }
    }
    for (const step of steps) {
      if (step.kind === 'start') this.#func(step.function, 'the start function')
      else this.#imports(step.module, step.imports)
    }
    for (const def of resources.values())
      if (def.kind === 'defined' && def.dtor !== undefined) this.#dtor(def, def.dtor)
    return [...this.#misfits.values()]
  }

  #func(func: FuncDef, name: string): void {
    if (func.kind === 'lift') this.#lift(func, name)
  }

  #lift({ core, options, type }: Lift, name: string): void {
    if (options.async) return
    const { params, results } = flattenFunc(type, 'lift')
    this.#export(core, name, 'core function', { params, results })
    if (options.postReturn !== undefined) {
      this.#export(options.postReturn, name, 'post-return', { params: results, results: [] })
    }
    this.#options(type, 'lift', options, core, name)
  }

  #imports(module: number, imports: readonly CoreImport[]): void {
    if (!imports.some(({ value }) => value.kind !== 'core-export' && value.kind !== 'unsupported')) return
    const declared: readonly CoreModuleImport[] | undefined = this.#module(module)?.imports
    for (const [i, { value }] of imports.entries()) {
      if (value.kind === 'core-export' || value.kind === 'unsupported') continue
      const name = value.kind === 'lower' ? titled(value.function) : `[${value.kind}]${value.resource.type.name}`
      const wanted = value.kind === 'lower' ? this.#lower(value, name) : BUILT_INS[value.kind]
      const found = declared?.[i]?.type
      if (wanted === undefined || found?.sort !== 'core func' || found.type === undefined) continue
      const [is, should] = [coreSignature(found.type), coreSignature(wanted)]
      if (is !== should) this.#add(module, `${name}: core module ${module} imports it as ${is}, expected ${should}`)
    }
  }

  #lower(def: Lower, name: string): CoreFuncType | undefined {
    const { function: func, options } = def
    if (func.kind === 'lift') this.#lift(func, name)
    if (options.async) return undefined
    this.#options(func.type, 'lower', options, def, name)
    return flattenFunc(func.type, 'lower')
  }

  #options(func: Func, role: 'lift' | 'lower', options: CanonOptions, of: CoreDef, name: string): void {
    if (this.#checked.has(options)) return
    this.#checked.add(options)
    const { memory, realloc } = options
    const needed = neededOptions(func, role)
    const module = of.kind === 'core-export' ? (this.#moduleOf[of.instance] ?? 0) : 0
    if (needed.memory && memory === undefined) this.#add(module, `${name}: expected the option \`memory\``)
    if (needed.realloc && realloc === undefined) this.#add(module, `${name}: expected the option \`realloc\``)
    if (realloc !== undefined) this.#export(realloc, name, 'realloc', REALLOC)
    if (memory !== undefined) this.#memory(memory, name)
  }

  #dtor(def: ResourceDef, dtor: CoreDef): void {
    this.#export(dtor, `[dtor]${def.type.name}`, 'core function', { params: ['i32'], results: [] })
  }

  #memory(def: CoreDef, name: string): void {
    if (def.kind !== 'core-export') return
    const found = this.#find(def.instance, def.name)
    if (found === 'unknown') return
    const module = this.#moduleOf[def.instance] ?? 0
    if (found?.sort !== 'core memory') {
      this.#add(module, `${name}: expected core module ${module} to export the memory \`${def.name}\``)
    } else if (found.limits?.is64 === true) {
      this.#add(module, `${name}: its memory \`${def.name}\` is indexed by i64, expected i32`)
    } else if (found.limits?.shared === true) {
      this.#add(module, `${name}: its memory \`${def.name}\` is shared, expected one that is not`)
    }
  }

  #export(def: CoreDef, name: string, what: string, wanted: CoreFuncType): void {
    if (def.kind !== 'core-export') return
    const found = this.#find(def.instance, def.name)
    if (found === 'unknown') return
    const module = this.#moduleOf[def.instance] ?? 0
    if (found?.sort !== 'core func') {
      this.#add(module, `${name}: expected core module ${module} to export the function \`${def.name}\``)
      return
    }
    if (found.type === undefined) return
    const [is, should] = [coreSignature(found.type), coreSignature(wanted)]
    if (is !== should) this.#add(module, `${name}: its ${what} \`${def.name}\` is ${is}, expected ${should}`)
  }

  /** What a core instance exports under the name; `unknown` where its module cannot be read. */
  #find(instance: number, name: string): CoreExternType | 'unknown' | undefined {
    const index = this.#moduleOf[instance] ?? -1
    const module = this.#module(index)
    if (module === undefined) return 'unknown'
    let exports = this.#exports.get(index)
    if (exports === undefined)
      this.#exports.set(index, (exports = new Map(module.exports.map((e) => [e.name, e.type]))))
    return exports.get(name)
  }

  #module(index: number): CoreModule | undefined {
    if (!this.#modules.has(index)) this.#modules.set(index, readable(this.#plan.modules[index]))
    return this.#modules.get(index)
  }

  #add(module: number, text: string): void {
    if (!this.#misfits.has(text)) this.#misfits.set(text, { module, text })
  }
}

function titled(func: FuncDef): string {
  if (func.kind === 'lift') return func.type.name
  return func.name === undefined ? func.item : `${func.item}#${func.name}`
}

function readable(bytes: Uint8Array | undefined): CoreModule | undefined {
  try {
    return bytes && readCoreModule(bytes)
  } catch (error) {
    if (error instanceof ComponentError) return undefined
    throw error
  }
}
