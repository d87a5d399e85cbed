import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco'
import { alignment, elemSize, flattenFunc } from '../../src/abi/index.ts'
import type { Func, TypeDef, World, WorldItem } from '../../src/ir/index.ts'
import { dropBorrows } from './echo-guest-borrows.ts'

/** An exported function of a world and the imported one that it hands its core values to. */
interface Pair {
  readonly export: string
  readonly module: string
  readonly func: Func
}

/**
 * Which import serves an export, by their keys in the world: `ns:pkg/api` → `ns:pkg/host`. Exports that are left out are
 * served by the import of the same key, functions of the world by the imported function of the same name.
 */
export type Hosts = Readonly<Record<string, string>>

/**
 * Builds a component whose every export calls the import of the same name with the core values it was given, and returns
 * what that returns. So one call lowers the parameters, lifts them, lowers the result and lifts it, in the forms that the
 * type has flat and in memory, while the guest knows nothing of the types. (Only borrowed handles it has to find and drop.)
 *
 * The guest is unkind where it may be: each `realloc` grows the memory, so that all views are detached; fresh memory and
 * what post-return releases is overwritten.
 *
 * @param wit the text that `world` was read from
 */
export async function echoComponent(wit: string, world: World, hosts: Hosts = {}): Promise<Uint8Array> {
  const core = await parse(echoModule(world, hosts))
  const embedded = await componentEmbed({
    binary: core,
    witSource: wit,
    world: world.name,
    stringEncoding: 'utf8',
  })
  return componentNew(embedded, [])
}

/** The text of the core module of `echoComponent`. */
export function echoModule(world: World, hosts: Hosts): string {
  const pairs = [...world.exports].flatMap(([key, item]) => pairsOf(world, key, item, hosts))
  const drops = new Map<TypeDef, string>()
  const resources = [...world.imports].flatMap(([key, item]) => resourcesOf(key, item))
  const imports = resources.map(({ def, module }, i) => {
    drops.set(def, `$drop${i}`)
    return `(import "${module}" "[resource-drop]${def.name}" (func $drop${i} (param i32)))`
  })
  const bodies = pairs.map((pair, i) => {
    const { params, results } = flattenFunc(pair.func, 'lower')
    const type = [...params.map((p) => `(param ${p})`), ...results.map((r) => `(result ${r})`)].join(' ')
    imports.push(`(import "${pair.module}" "${pair.func.name}" (func $host${i} ${type}))`)
    return echoFunction(pair, i, drops)
  })
  return `(module\n${[...imports, ALLOCATOR, ...bodies].join('\n')}\n)`
}

function pairsOf(world: World, key: string, item: WorldItem, hosts: Hosts): Pair[] {
  if (item.kind === 'type') return []
  if (item.kind === 'function') return [{ export: key, module: '$root', func: item.function }]
  const module = hosts[key] ?? key
  const host = world.imports.get(module)
  if (host?.kind !== 'interface') throw new Error(`the world imports nothing that serves ${key}`)
  return [...item.interface.functions.values()].map((func) => {
    const served = host.interface.functions.get(func.name)
    if (served === undefined) throw new Error(`${module} lacks ${func.name}`)
    return { export: `${key}#${func.name}`, module, func }
  })
}

/** The resources that a world imports, each with the core module that its functions are imported from. */
function resourcesOf(key: string, item: WorldItem): { readonly def: TypeDef; readonly module: string }[] {
  if (item.kind === 'type') return item.type.type.kind === 'resource' ? [{ def: item.type, module: '$root' }] : []
  if (item.kind === 'function') return []
  const defs = [...item.interface.types.values()].filter((def) => def.type.kind === 'resource')
  return defs.map((def) => ({ def, module: key }))
}

function echoFunction({ export: name, func }: Pair, i: number, drops: ReadonlyMap<TypeDef, string>): string {
  const { params, results, indirectParams, indirectResult } = flattenFunc(func, 'lift')
  const passed = params.map((_, n) => `(local.get ${n})`).join(' ')
  const cleanup = dropBorrows(func, indirectParams, drops, params.length + 1)
  const call = indirectResult
    ? `(local.set $ret (call $realloc (i32.const 0) (i32.const 0) (i32.const ${resultAlign(func)}) (i32.const ${resultSize(func)})))
    (call $host${i} ${passed} (local.get $ret))`
    : results.length === 0
      ? `(call $host${i} ${passed})`
      : `(local.set $ret (call $host${i} ${passed}))`
  const types = [...params.map((p) => `(param ${p})`), ...results.map((r) => `(result ${r})`)].join(' ')
  const post = results.map((r) => `(param ${r})`).join(' ')
  return `(func (export "${name}") ${types} (local $ret ${results[0] ?? 'i32'}) ${cleanup.locals}
    ${call}
    ${cleanup.code}
    (global.set $over (i32.const 1))
    ${results.length === 0 ? '' : '(local.get $ret)'})
  (func (export "cabi_post_${name}") ${post} (call $release))`
}

const resultSize = (func: Func): number => (func.result === undefined ? 0 : elemSize(func.result))
const resultAlign = (func: Func): number => (func.result === undefined ? 1 : alignment(func.result))

/** The most pages that the guest grows to for the sake of growing. */
const UNKIND_PAGES = 1000

const ALLOCATOR = `(memory (export "memory") 1)
  (global $heap (mut i32) (i32.const 64))
  ;; The last call has returned: the next realloc begins anew.
  (global $over (mut i32) (i32.const 0))
  (func $release
    (memory.fill (i32.const 64) (i32.const 0xaa) (i32.sub (global.get $heap) (i32.const 64)))
    (global.set $heap (i32.const 64)))
  (func $realloc (export "cabi_realloc") (param $old i32) (param $size i32) (param $align i32) (param $new i32) (result i32)
    (local $ptr i32)
    (if (global.get $over) (then (call $release) (global.set $over (i32.const 0))))
    (local.set $ptr (i32.and
      (i32.add (global.get $heap) (i32.sub (local.get $align) (i32.const 1)))
      (i32.sub (i32.const 0) (local.get $align))))
    (global.set $heap (i32.add (local.get $ptr) (local.get $new)))
    (if (i32.lt_u (memory.size) (i32.const ${UNKIND_PAGES})) (then (drop (memory.grow (i32.const 1)))))
    (block $fits (loop $grow
      (br_if $fits (i32.le_u (global.get $heap) (i32.shl (memory.size) (i32.const 16))))
      (br_if $grow (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))
      unreachable))
    (memory.fill (local.get $ptr) (i32.const 0x55) (local.get $new))
    (if (local.get $old) (then
      (memory.copy (local.get $ptr) (local.get $old)
        (select (local.get $size) (local.get $new) (i32.lt_u (local.get $size) (local.get $new))))
      (memory.fill (local.get $old) (i32.const 0xee) (local.get $size))))
    (local.get $ptr))`
