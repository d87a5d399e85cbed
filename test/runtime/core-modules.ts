// Small core modules for the tests: each WAT text beside the bytes that `wasm-tools parse` makes of it.

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
