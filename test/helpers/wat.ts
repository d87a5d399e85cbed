import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco'

/** The bytes of a core module or component in the text format. */
export function wat(text: string): Promise<Uint8Array> {
  return parse(text)
}

/**
 * A component made of a core module with canonical names.
 *
 * @param core the module's text
 * @param wit a package whose world `w` it implements
 */
export async function componentOf(
  core: string,
  wit: string,
  stringEncoding: 'utf8' | 'utf16' | 'compact-utf16' = 'utf8',
): Promise<Uint8Array> {
  const embedded = await componentEmbed({ binary: await parse(core), witSource: wit, world: 'w', stringEncoding })
  return componentNew(embedded, [])
}

/** A core allocator that never frees: `memory`, `cabi_realloc`. */
export const ALLOCATOR = `
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 4096))
  (func $realloc (export "cabi_realloc") (param $old i32) (param $size i32) (param $align i32) (param $new i32) (result i32)
    (local $p i32)
    (local.set $p (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
    (global.set $next (i32.add (local.get $p) (local.get $new)))
    (memory.copy (local.get $p) (local.get $old)
      (select (local.get $size) (local.get $new) (i32.lt_u (local.get $size) (local.get $new))))
    (local.get $p))`
