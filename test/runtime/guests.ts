// Small core modules and components for the tests: each WAT text beside the bytes that `wasm-tools parse` makes of it.

const bytes = (base64: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(base64, 'base64'))

/**
 * ```wat
 * (module
 *   (memory 1) (table 2 funcref) (tag $t)
 *   (type $v (func)) (func $f (param i32)) (elem (i32.const 0) $f)
 *   (func (export "unreachable") unreachable)
 *   (func (export "div0") (drop (i32.div_s (i32.const 1) (i32.const 0))))
 *   (func (export "rem0") (drop (i32.rem_s (i32.const 1) (i32.const 0))))
 *   (func (export "overflow") (drop (i32.div_s (i32.const 0x80000000) (i32.const -1))))
 *   (func (export "trunc") (drop (i32.trunc_f64_s (f64.const nan))))
 *   (func (export "load") (drop (i32.load (i32.const 70000))))
 *   (func (export "fill") (memory.fill (i32.const 70000) (i32.const 0) (i32.const 1)))
 *   (func (export "null-call") (call_indirect (type $v) (i32.const 1)))
 *   (func (export "bad-signature") (call_indirect (type $v) (i32.const 0)))
 *   (func (export "table") (call_indirect (type $v) (i32.const 9)))
 *   (func $r (export "recurse") (call $r) (drop (i32.const 1)))
 *   (func (export "throw") (throw $t)))
 * ```
 */
export const traps = (): Uint8Array<ArrayBuffer> =>
  bytes(
    'AGFzbQEAAAABCAJgAABgAX8AAw4NAQAAAAAAAAAAAAAAAAQEAXAAAgUDAQABDQMBAAAHdAwLdW5yZWFjaGFibGUAAQRkaXYwAAIE' +
      'cmVtMAADCG92ZXJmbG93AAQFdHJ1bmMABQRsb2FkAAYEZmlsbAAHCW51bGwtY2FsbAAIDWJhZC1zaWduYXR1cmUACQV0YWJsZQAK' +
      'B3JlY3Vyc2UACwV0aHJvdwAMCQcBAEEACwEACnMNAgALAwAACwgAQQFBAG0aCwgAQQFBAG8aCwwAQYCAgIB4QX9tGgsNAEQAAAAA' +
      'AAD4f6oaCwoAQfCiBCgCABoLDQBB8KIEQQBBAfwLAAsHAEEBEQAACwcAQQARAAALBwBBCREAAAsHABALQQEaCwQACAAL',
  )

/**
 * ```wat
 * (component
 *   (type $log (instance
 *     (type $priority' (enum "debug" "info"))
 *     (export "priority" (type $priority (eq $priority')))
 *     (export "log" (func (param "priority" $priority) (param "message" string)))
 *     (export "threshold" (func (result string)))))
 *   (import "demo:algo/log@1.0.0" (instance $host (type $log)))
 *   (import "tick" (func $tick (result u32)))
 *
 *   (core module $Shim
 *     (table (export "t") 2 funcref)
 *     (type $log (func (param i32 i32 i32))) (type $threshold (func (param i32)))
 *     (func (export "log") (param i32 i32 i32)
 *       (call_indirect (type $log) (local.get 0) (local.get 1) (local.get 2) (i32.const 0)))
 *     (func (export "threshold") (param i32) (call_indirect (type $threshold) (local.get 0) (i32.const 1))))
 *   (core module $Fixup
 *     (import "shim" "t" (table 2 funcref))
 *     (func $log (import "host" "log") (param i32 i32 i32))
 *     (func $threshold (import "host" "threshold") (param i32))
 *     (elem (i32.const 0) $log $threshold))
 *   (core module $Main
 *     (func $log (import "demo:algo/log@1.0.0" "log") (param i32 i32 i32))
 *     (func $threshold (import "demo:algo/log@1.0.0" "threshold") (param i32))
 *     (func $tick (import "$root" "tick") (result i32))
 *     (memory (export "memory") 1)
 *     (global $next (mut i32) (i32.const 1024))
 *     (global $posts (mut i32) (i32.const 0))
 *     (global $start (mut i32) (i32.const 0))
 *     (func $main (global.set $start (call $tick)))
 *     (start $main)
 *     (func $realloc (export "realloc") (param i32 i32 i32 i32) (result i32)
 *       (local $p i32)
 *       (local.set $p (global.get $next))
 *       (memory.copy (local.get $p) (local.get 0) (local.get 1))
 *       (global.set $next (i32.and (i32.add (i32.add (local.get $p) (local.get 3)) (i32.const 15)) (i32.const -8)))
 *       (local.get $p))
 *     (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
 *     (func (export "started") (result i32) (global.get $start))
 *     (func (export "posts") (result i32) (global.get $posts))
 *     (func (export "post") (param i32) (global.set $posts (i32.add (global.get $posts) (i32.const 1))))
 *     (func (export "post-tick") (param i32) (drop (call $tick)))
 *     ;; logs the string and gives back what `threshold` answers
 *     (func (export "shout") (param i32 i32) (result i32)
 *       (call $log (i32.const 1) (local.get 0) (local.get 1))
 *       (call $threshold (i32.const 16))
 *       (i32.const 16))
 *     (func (export "fail") unreachable))
 *
 *   (core instance $shim (instantiate $Shim))
 *   (core func $lower-tick (canon lower (func $tick)))
 *   (core instance $root (export "tick" (func $lower-tick)))
 *   (core instance $main (instantiate $Main
 *     (with "demo:algo/log@1.0.0" (instance $shim))
 *     (with "$root" (instance $root))))
 *   (alias core export $main "memory" (core memory $memory))
 *   (alias core export $main "realloc" (core func $realloc))
 *   (core func $lower-log (canon lower (func $host "log") (memory (core memory $memory))))
 *   (core func $lower-threshold (canon lower (func $host "threshold") (memory (core memory $memory)) (realloc (core func $realloc))))
 *   (core instance $imports (export "log" (func $lower-log)) (export "threshold" (func $lower-threshold)))
 *   (core instance $fixup (instantiate $Fixup (with "shim" (instance $shim)) (with "host" (instance $imports))))
 *
 *   (func $add (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $main "add")))
 *   (func $started (result u32) (canon lift (core func $main "started")))
 *   (func $posts (result u32) (canon lift (core func $main "posts") (post-return (core func $main "post"))))
 *   (func $bad-post (result u32) (canon lift (core func $main "posts") (post-return (core func $main "post-tick"))))
 *   (func $shout (param "s" string) (result string)
 *     (canon lift (core func $main "shout") (memory (core memory $memory)) (realloc (core func $realloc)) (post-return (core func $main "post"))))
 *   (func $fail (canon lift (core func $main "fail")))
 *   (instance $analysis
 *     (export "add" (func $add))
 *     (export "posts" (func $posts))
 *     (export "bad-post" (func $bad-post))
 *     (export "shout" (func $shout))
 *     (export "fail" (func $fail)))
 *   (export "demo:algo/analysis@1.2.0" (instance $analysis))
 *   (export "started" (func $started)))
 * ```
 */
export const demoGuest = (): Uint8Array<ArrayBuffer> =>
  bytes(
    'AGFzbQ0AAQAHUgFCBgFtAgVkZWJ1ZwRpbmZvBAAIcHJpb3JpdHkDAAABQAIIcHJpb3JpdHkBB21lc3NhZ2VzAQAEAANsb2cBAgFA' +
      'AABzBAAJdGhyZXNob2xkAQMKGAEAE2RlbW86YWxnby9sb2dAMS4wLjAFAAcFAUAAAHkKCQEABHRpY2sBAQFUAGFzbQEAAAABCwJg' +
      'A39/fwBgAX8AAwMCAAEEBAFwAAIHFwMBdAEAA2xvZwAACXRocmVzaG9sZAABChkCDQAgACABIAJBABEAAAsJACAAQQERAQALAUkA' +
      'YXNtAQAAAAELAmADf39/AGABfwACKAMEc2hpbQF0AXAAAgRob3N0A2xvZwAABGhvc3QJdGhyZXNob2xkAAEJCAEAQQALAgABAc4C' +
      'AGFzbQEAAAABIAZgA39/fwBgAX8AYAABf2AAAGAEf39/fwF/YAJ/fwF/AkgDE2RlbW86YWxnby9sb2dAMS4wLjADbG9nAAATZGVt' +
      'bzphbGdvL2xvZ0AxLjAuMAl0aHJlc2hvbGQAAQUkcm9vdAR0aWNrAAIDCgkDBAUCAgEBBQMFAwEAAQYRA38BQYAIC38BQQALfwFB' +
      'AAsHTgkGbWVtb3J5AgAHcmVhbGxvYwAEA2FkZAAFB3N0YXJ0ZWQABgVwb3N0cwAHBHBvc3QACAlwb3N0LXRpY2sACQVzaG91dAAK' +
      'BGZhaWwACwgBAwphCQYAEAIkAgshAQF/IwAhBCAEIAAgAfwKAAAgBCADakEPakF4cSQAIAQLBwAgACABagsEACMCCwQAIwELCQAj' +
      'AUEBaiQBCwUAEAIaCxAAQQEgACABEABBEBABQRALAwAACwIEAQAAAAgFAQEAAAACKwIBAQR0aWNrAAAAAgITZGVtbzphbGdvL2xv' +
      'Z0AxLjAuMBIABSRyb290EgEGHwMAAgECBm1lbW9yeQAAAQIHcmVhbGxvYwEAAANsb2cIBwEBAAEBAwAGDgEBAAAJdGhyZXNob2xk' +
      'CAkBAQACAgMABAECJgIBAgNsb2cAAgl0aHJlc2hvbGQAAwABAgRzaGltEgAEaG9zdBIDBwsBQAIBYXkBYnkAeQYJAQAAAQIDYWRk' +
      'CAYBAAAEAAIHBQFAAAB5Bg0BAAABAgdzdGFydGVkCAYBAAAFAAMHBQFAAAB5BhQCAAABAgVwb3N0cwAAAQIEcG9zdAgIAQAABgEF' +
      'BwQHBQFAAAB5BhkCAAABAgVwb3N0cwAAAQIJcG9zdC10aWNrCAgBAAAIAQUJBQcIAUABAXNzAHMGFAIAAAECBXNob3V0AAABAgRw' +
      'b3N0CAwBAAAKAwMABAEFCwYHBQFAAAEABgoBAAABAgRmYWlsCAYBAAAMAAcFMAEBBQADYWRkAQMABXBvc3RzAQUACGJhZC1wb3N0' +
      'AQYABXNob3V0AQcABGZhaWwBCAsqAgAYZGVtbzphbGdvL2FuYWx5c2lzQDEuMi4wBQEAAAdzdGFydGVkAQQA',
  )

/**
 * ```wat
 * (module
 *   (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
 *   (memory (export "memory") 1)
 *   (func (export "_start")))
 * ```
 */
export const wasiCore = (): Uint8Array<ArrayBuffer> =>
  bytes(
    'AGFzbQEAAAABDAJgBH9/f38Bf2AAAAIjARZ3YXNpX3NuYXBzaG90X3ByZXZpZXcxCGZkX3dyaXRlAAADAgEBBQMBAAEHEwIGbWVt' +
      'b3J5AgAGX3N0YXJ0AAEKBAECAAs=',
  )

/**
 * ```wat
 * (component
 *   (core module $M (func $start (unreachable)) (start $start))
 *   (core instance (instantiate $M)))
 * ```
 */
export const trapAtStart = (): Uint8Array<ArrayBuffer> =>
  bytes('AGFzbQ0AAQABHABhc20BAAAAAQQBYAAAAwIBAAgBAAoFAQMAAAsCBAEAAAA=')

/**
 * ```wat
 * (component
 *   (component $A
 *     (core module $M (func (export "f") (result i32) (i32.const 7)))
 *     (core instance $m (instantiate $M))
 *     (func (export "f") (result u32) (canon lift (core func $m "f"))))
 *   (component $B
 *     (import "f" (func $f (result u32)))
 *     (core func $low (canon lower (func $f)))
 *     (core module $M (import "a" "f" (func (result i32))))
 *     (core instance $a (export "f" (func $low)))
 *     (core instance (instantiate $M (with "a" (instance $a)))))
 *   (instance $a (instantiate $A))
 *   (instance $b (instantiate $B (with "f" (func $a "f")))))
 * ```
 */
export const nestedCall = (): Uint8Array<ArrayBuffer> =>
  bytes(
    'AGFzbQ0AAQAEUwBhc20NAAEAASIAYXNtAQAAAAEFAWAAAX8DAgEABwUBAWYAAAoGAQQAQQcLAgQBAAAABwUBQAAAeQYHAQAAAQAB' +
      'ZggGAQAAAAAACwcBAAFmAQAABEgAYXNtDQABAAcFAUAAAHkKBgEAAWYBAAgFAQEAAAABGABhc20BAAAAAQUBYAABfwIHAQFhAWYA' +
      'AAIOAgEBAWYAAAAAAQFhEgAFBAEAAAAGBgEBAAABZgUIAQABAQFmAQA=',
  )

/**
 * ```wat
 * (component (core module (memory 1 (pagesize 1))))
 * ```
 */
export const needsPageSize = (): Uint8Array<ArrayBuffer> => bytes('AGFzbQ0AAQABDgBhc20BAAAABQQBCAEA')

/**
 * ```wat
 * (component
 *   (import "say" (func $say (param "text" string)))
 *   (core module $A
 *     (memory (export "memory") 1)
 *     (data (i32.const 0) "\08\00\00\00\03\00\00\00one")
 *     (func (export "text") (result i32) (i32.const 0)))
 *   (core module $B
 *     (memory (export "memory") 1)
 *     (data (i32.const 0) "\08\00\00\00\03\00\00\00two")
 *     (func (export "text") (result i32) (i32.const 0)))
 *   (core module $Caller
 *     (import "host" "say" (func $say (param i32 i32)))
 *     (func (export "call") (call $say (i32.const 8) (i32.const 3))))
 *   (core instance $a (instantiate $A))
 *   (core instance $b (instantiate $B))
 *   (core func $lower-say (canon lower (func $say) (memory (core memory $b "memory"))))
 *   (core instance $host (export "say" (func $lower-say)))
 *   (core instance $c (instantiate $Caller (with "host" (instance $host))))
 *   (func $f (result string) (canon lift (core func $a "text") (memory (core memory $a "memory"))))
 *   (func $g (result string) (canon lift (core func $b "text") (memory (core memory $b "memory"))))
 *   (func $h (canon lift (core func $c "call")))
 *   (instance $i (export "f" (func $f)) (export "g" (func $g)) (export "h" (func $h)))
 *   (export "demo:algo/texts" (instance $i)))
 * ```
 */
export const twoMemories = (): Uint8Array<ArrayBuffer> =>
  bytes(
    'AGFzbQ0AAQAHCwFAAQR0ZXh0cwEACggBAANzYXkBAAFGAGFzbQEAAAABBQFgAAF/AwIBAAUDAQABBxECBm1lbW9yeQIABHRleHQA' +
      'AAoGAQQAQQALCxEBAEEACwsIAAAAAwAAAG9uZQFGAGFzbQEAAAABBQFgAAF/AwIBAAUDAQABBxECBm1lbW9yeQIABHRleHQAAAoG' +
      'AQQAQQALCxEBAEEACwsIAAAAAwAAAHR3bwE7AGFzbQEAAAABCQJgAn9/AGAAAAIMAQRob3N0A3NheQAAAwIBAQcIAQRjYWxsAAEK' +
      'CgEIAEEIQQMQAAsCBwIAAAAAAQAGDAEAAgEBBm1lbW9yeQgHAQEAAAEDAAITAgEBA3NheQAAAAIBBGhvc3QSAgcFAUAAAHMGFQIA' +
      'AAEABHRleHQAAgEABm1lbW9yeQgIAQAAAQEDAQEHBQFAAABzBhUCAAABAQR0ZXh0AAIBAQZtZW1vcnkICAEAAAIBAwICBwUBQAAB' +
      'AAYKAQAAAQMEY2FsbAgGAQAAAwADBRIBAQMAAWYBAQABZwECAAFoAQMLFQEAD2RlbW86YWxnby90ZXh0cwUAAA==',
  )
