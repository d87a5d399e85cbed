/*
 * A core module with an allocator of its own, which lives beside the host's in one memory: a bump allocator that grows the
 * memory when it likes.
 */

/** Bytes of the static buffer, and where it lies. */
export const BUFFER = { ptr: 1024, len: 4096 }

export const CORE_GUEST: string = `(module
  (memory (export "memory") 1 40)
  (global $next (mut i32) (i32.const 8192))
  ;; Reads a string of the host's; gives how many bytes it has, and in how many of them an ASCII letter stands.
  (func (export "letters") (param $ptr i32) (param $len i32) (result i32 i32)
    (local $i i32) (local $n i32)
    (block $end (loop $again
      (br_if $end (i32.ge_u (local.get $i) (local.get $len)))
      (if (i32.lt_u
            (i32.sub (i32.or (i32.load8_u (i32.add (local.get $ptr) (local.get $i))) (i32.const 32)) (i32.const 97))
            (i32.const 26))
        (then (local.set $n (i32.add (local.get $n) (i32.const 1)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $again)))
    (local.get $len) (local.get $n))
  ;; Copies a string of the host's, in the other case, to a block of its own, and gives that.
  (func (export "flip") (param $ptr i32) (param $len i32) (result i32 i32)
    (local $i i32) (local $to i32)
    (local.set $to (call $alloc (local.get $len)))
    (block $end (loop $again
      (br_if $end (i32.ge_u (local.get $i) (local.get $len)))
      (i32.store8 (i32.add (local.get $to) (local.get $i))
        (i32.xor (i32.load8_u (i32.add (local.get $ptr) (local.get $i))) (i32.const 32)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $again)))
    (local.get $to) (local.get $len))
  (func $alloc (export "alloc") (param $len i32) (result i32)
    (local $ptr i32)
    (if (i32.gt_u (i32.add (global.get $next) (local.get $len)) (global.get $limit))
      (then
        (global.set $next (i32.mul (memory.size) (i32.const 65536)))
        (if (i32.eq (memory.grow (i32.add (i32.shr_u (local.get $len) (i32.const 16)) (i32.const 1))) (i32.const -1))
          (then unreachable))
        (global.set $limit (i32.mul (memory.size) (i32.const 65536)))))
    (local.set $ptr (global.get $next))
    (global.set $next (i32.add (local.get $ptr) (local.get $len)))
    (local.get $ptr))
  (global $limit (mut i32) (i32.const 65536))
  ;; Overwrites what is not its own.
  (func (export "scribble") (param $ptr i32) (param $len i32) (memory.fill (local.get $ptr) (i32.const 255) (local.get $len))))`
