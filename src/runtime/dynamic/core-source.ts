import { flattenFunc } from '../../abi/flatten.ts'
import { neededOptions } from '../../abi/options.ts'
import { coreMisfits } from '../../component/core-check.ts'
import { readCoreModule, type CoreModule } from '../../component/core-module.ts'
import { coreSignature, type CoreExternType, type CoreFuncType } from '../../component/core-types.ts'
import type {
  CanonOptions,
  CoreDef,
  CoreImport,
  ExportItem,
  FuncDef,
  ImportItem,
  LinkPlan,
  ResourceDef,
  Step,
} from '../../component/link-plan.ts'
import type { Func, TypeDef } from '../../ir/index.ts'
import type { WorldDescriptor } from '../descriptor.ts'
import { matchingIds } from '../versions.ts'
import { coreWorld, type CoreFace, type CoreWorld } from './core-world.ts'

/** A core module that does not have the names or types that a world asks for; `problems` has a line for each. */
export class CoreMisfit extends Error {
  readonly problems: readonly string[]
  /** What it exports, and what the world wants it to export. */
  readonly found: readonly string[]
  readonly expected: readonly string[]

  constructor(problems: readonly string[], found: readonly string[], expected: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
    this.found = found
    this.expected = expected
  }
}

/**
 * Works out how to instantiate a core module that implements a world under canonical names (`ns:pkg/iface#f`, `cabi_realloc`,
 * `cabi_post_…`), as bindings generators make it before it becomes a component. The types are those of the world.
 *
 * @throws CoreMisfit when names are missing or their core types are not those of the world
 */
export function planCoreModule(bytes: Uint8Array, descriptor: WorldDescriptor): LinkPlan {
  return new CorePlan(bytes, readCoreModule(bytes), coreWorld(descriptor)).build()
}

/** A core module whose start function is its only import: calls `_initialize`, which some toolchains export. */
const INITIALIZE = Uint8Array.from(
  [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version
    [1, 4, 1, 0x60, 0, 0], // type 0: func
    [2, 5, 1, 0, 0, 0, 0], // import "" "" (func (type 0))
    [8, 1, 0], // start 0
  ].flat(),
)

const INSTANCE = 0

class CorePlan {
  readonly #bytes: Uint8Array
  readonly #module: CoreModule
  readonly #world: CoreWorld
  readonly #exports: ReadonlyMap<string, CoreExternType>
  readonly #expected: string[] = []
  readonly #problems: string[] = []
  /** Imports that the world does not have, by module. */
  readonly #unknown: Map<string, readonly string[]> = new Map()
  readonly #defs: Map<TypeDef, ResourceDef> = new Map()
  readonly #imports: Map<string, ImportItem> = new Map()
  readonly #cores: Map<string, CoreDef> = new Map()

  constructor(bytes: Uint8Array, module: CoreModule, world: CoreWorld) {
    this.#bytes = bytes
    this.#module = module
    this.#world = world
    this.#exports = new Map(module.exports.map((e) => [e.name, e.type]))
  }

  build(): LinkPlan {
    const exports = this.#exported()
    const imports = this.#module.imports.map((i): CoreImport => {
      return { module: i.module, name: i.name, value: this.#imported(i.module, i.name, i.type) }
    })
    for (const [module, names] of this.#unknown) {
      this.#problems.push(`it imports ${module} (${names.join(', ')}), which the world does not have`)
    }
    this.#refuseProblems()
    const modules = [this.#bytes]
    const steps: Step[] = [{ kind: 'instantiate', module: 0, imports }]
    if (this.#exports.get('_initialize')?.sort === 'core func') {
      modules.push(INITIALIZE)
      steps.push({
        kind: 'instantiate',
        module: 1,
        imports: [{ module: '', name: '', value: this.#core('_initialize') }],
      })
    }
    const plan: LinkPlan = {
      imports: this.#imports,
      exports,
      modules,
      steps,
      componentInstances: [{ parent: undefined }],
      resources: this.#defs,
      world: this.#world.world,
    }
    // What is left: allocator, post-returns, destructors, built-ins, the memory.
    this.#problems.push(...coreMisfits(plan).map(({ text }) => text))
    this.#refuseProblems()
    return plan
  }

  #refuseProblems(): void {
    if (this.#problems.length > 0) throw new CoreMisfit(this.#problems, [...this.#exports.keys()], this.#expected)
  }

  #exported(): Map<string, ExportItem> {
    const exports = new Map<string, ExportItem>()
    for (const face of this.#world.exports) {
      const prefix = face.id === '' ? '' : `${this.#idOf(face)}#`
      for (const [name, type] of face.resources) {
        const dtor = `${prefix}[dtor]${name}`
        const core = this.#exports.has(dtor) ? this.#core(dtor) : undefined
        this.#defs.set(type, { kind: 'defined', dtor: core, type, componentInstance: INSTANCE })
      }
      const functions = new Map<string, FuncDef>()
      for (const [name, func] of face.functions) functions.set(name, this.#lift(func, `${prefix}${name}`))
      if (face.id !== '') {
        const resources = new Map([...face.resources].map(([name, type]) => [name, this.#def(type)] as const))
        exports.set(face.id, { kind: 'interface', interface: face.interface, functions, resources })
        continue
      }
      for (const [name, type] of face.resources) exports.set(name, { kind: 'type', type, resource: this.#def(type) })
      for (const [name, func] of functions) exports.set(name, { kind: 'function', function: func })
    }
    return exports
  }

  /** The name under which the module exports an interface: another version of the track will do. */
  #idOf(face: CoreFace): string {
    const ids = [...this.#exports.keys()].flatMap((name) => /^(.*)#/.exec(name)?.[1] ?? [])
    return matchingIds(face.id, new Set(ids))[0] ?? face.id
  }

  #lift(func: Func, name: string): FuncDef {
    const { params, results } = flattenFunc(func, 'lift')
    this.#expectFunc(name, params, results)
    const post = `cabi_post_${name}`
    const isPost = this.#exports.get(post)?.sort === 'core func'
    const options = this.#options(func, 'lift')
    return {
      kind: 'lift',
      core: this.#core(name),
      options: { ...options, postReturn: isPost ? this.#core(post) : undefined },
      type: func,
      componentInstance: INSTANCE,
    }
  }

  /** What the module gets for one of its imports. */
  #imported(module: string, name: string, type: CoreExternType): CoreDef {
    const ofExport = module.startsWith('[export]')
    const id = (ofExport ? module.slice('[export]'.length) : module).replace('$root', '')
    const faces = ofExport ? this.#world.exports : this.#world.imports
    const ids = faces.map((f) => f.id)
    const face = faces.find((f) => f.id === matchingIds(id, ids)[0])
    const [, what, resource] = /^\[(resource-(?:new|rep|drop))\](.*)$/.exec(name) ?? []
    if (face !== undefined && resource !== undefined) {
      const def = face.resources.get(resource)
      if (def !== undefined && (ofExport || what === 'resource-drop')) {
        return { kind: what as 'resource-drop', resource: this.#resource(def, id), componentInstance: INSTANCE }
      }
    }
    const func = ofExport ? undefined : face?.functions.get(name)
    if (face === undefined || func === undefined) {
      this.#unknown.set(module, [...(this.#unknown.get(module) ?? []), name])
      return { kind: 'unsupported', name }
    }
    const { params, results } = flattenFunc(func, 'lower')
    if (type.sort !== 'core func') this.#problems.push(`its import ${module} ${name} is no function`)
    else if (type.type !== undefined) this.#compare(`its import ${module} ${name}`, type.type, { params, results })
    this.#declareImport(face, id, name, func)
    return {
      kind: 'lower',
      function: { kind: 'import', item: id === '' ? name : id, name: id === '' ? undefined : name, type: func },
      options: this.#options(func, 'lower'),
      componentInstance: INSTANCE,
    }
  }

  #declareImport(face: CoreFace, id: string, name: string, func: Func): void {
    if (id === '') this.#imports.set(name, { kind: 'function', function: func })
    else this.#imports.set(id, { kind: 'interface', interface: face.interface })
  }

  #resource(type: TypeDef, item: string): ResourceDef {
    const known = this.#defs.get(type)
    if (known !== undefined) return known
    const name = item === '' ? undefined : type.name
    const def: ResourceDef = { kind: 'import', item: item === '' ? type.name : item, name, type }
    this.#defs.set(type, def)
    return def
  }

  #def(type: TypeDef): ResourceDef {
    return this.#resource(type, '')
  }

  #options(func: Func, role: 'lift' | 'lower'): CanonOptions {
    const { memory, realloc } = neededOptions(func, role)
    const option = (name: string, wanted: boolean, sort: CoreExternType['sort']): CoreDef | undefined => {
      const has = this.#exports.get(name)?.sort === sort
      if (wanted && !has && !this.#expected.includes(name)) {
        this.#expected.push(name)
        this.#problems.push(`it does not export ${name}`)
      }
      return has ? this.#core(name) : undefined
    }
    return {
      stringEncoding: 'utf8',
      memory: option('memory', memory, 'core memory'),
      realloc: option('cabi_realloc', realloc, 'core func'),
      postReturn: undefined,
      async: false,
      callback: undefined,
    }
  }

  /** One definition for one export, so that identity can be compared. */
  #core(name: string): CoreDef {
    const known = this.#cores.get(name)
    if (known !== undefined) return known
    const def: CoreDef = { kind: 'core-export', instance: 0, name }
    this.#cores.set(name, def)
    return def
  }

  #expectFunc(name: string, params: readonly string[], results: readonly string[]): void {
    this.#expected.push(name)
    const found = this.#exports.get(name)
    if (found?.sort !== 'core func') this.#problems.push(`it does not export ${name}`)
    else if (found.type !== undefined) this.#compare(`its export ${name}`, found.type, { params, results })
  }

  #compare(what: string, found: CoreFuncType, wanted: CoreFuncType): void {
    const [is, should] = [coreSignature(found), coreSignature(wanted)]
    if (is !== should) this.#problems.push(`${what} has the type ${is}, the world's is ${should}`)
  }
}
