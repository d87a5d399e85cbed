;; The guest of the benchmark: it does as little as a guest can, so that what is timed is the host's work.
;;
;; Memory:       16   the block that results are returned in (at most 32 bytes)
;;               64   pointer and length of what keep-string, keep-items and keep-strings were given: 8 bytes each
;;           0x1000   1 MiB that give-bytes gives
;;         0x110000   the counters, a word each: its value, or the next one that is free
;;         0x200000   what `cabi_realloc` hands out, upwards; post-return takes everything back at once
;;
;; build-guest.ts makes guest.core.wasm and guest.component.wasm of this file and bench.wit.
(module
  (import "witgen:bench/host@0.1.0" "ping" (func $ping (param i32) (result i32)))
  (import "witgen:bench/host@0.1.0" "log" (func $log (param i32 i32)))
  (import "witgen:bench/host@0.1.0" "attempt" (func $attempt (param i32 i32)))
  (import "witgen:bench/host@0.1.0" "[constructor]meter" (func $new-meter (param i32) (result i32)))
  (import "witgen:bench/host@0.1.0" "[method]meter.add" (func $add-to-meter (param i32 i32) (result i32)))
  (import "witgen:bench/host@0.1.0" "[resource-drop]meter" (func $drop-meter (param i32)))
  (import "[export]witgen:bench/api@0.1.0" "[resource-new]counter" (func $new-counter (param i32) (result i32)))

  (memory (export "memory") 128)

  ;; Where the next allocation goes, and where it goes after post-return: above what is kept.
  (global $next (mut i32) (i32.const 0x200000))
  (global $floor (mut i32) (i32.const 0x200000))

  ;; Allocates upwards; the newest block grows and shrinks in place, any other is copied.
  (func (export "cabi_realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
    (local $ptr i32) (local $missing i32)
    (if (i32.and (i32.ne (local.get $old-size) (i32.const 0))
                 (i32.eq (i32.add (local.get $old) (local.get $old-size)) (global.get $next)))
      (then (local.set $ptr (local.get $old)))
      (else
        (local.set $ptr
          (i32.and (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
                   (i32.sub (i32.const 0) (local.get $align))))))
    (global.set $next (i32.add (local.get $ptr) (local.get $size)))
    (local.set $missing (i32.sub (global.get $next) (i32.shl (memory.size) (i32.const 16))))
    (if (i32.gt_s (local.get $missing) (i32.const 0))
      (then
        (if (i32.eq (memory.grow (i32.shr_u (i32.add (local.get $missing) (i32.const 0xffff)) (i32.const 16)))
                    (i32.const -1))
          (then unreachable))))
    (if (i32.and (i32.ne (local.get $old-size) (i32.const 0)) (i32.ne (local.get $ptr) (local.get $old)))
      (then (memory.copy (local.get $ptr) (local.get $old) (local.get $old-size))))
    (local.get $ptr))

  (func $free-all (param i32) (global.set $next (global.get $floor)))

  ;; Returns the block with two words in it: a string or list.
  (func $return-span (param $ptr i32) (param $len i32) (result i32)
    (i32.store (i32.const 16) (local.get $ptr))
    (i32.store (i32.const 20) (local.get $len))
    (i32.const 16))

  ;; Frees the argument, gives its length.
  (func $take (param $ptr i32) (param $len i32) (result i32)
    (call $free-all (local.get $ptr))
    (local.get $len))

  ;; Keeps the argument: post-return no longer takes it back.
  (func $keep (param $slot i32) (param $ptr i32) (param $len i32)
    (i32.store (local.get $slot) (local.get $ptr))
    (i32.store offset=4 (local.get $slot) (local.get $len))
    (global.set $floor (global.get $next)))

  ;; ---- scalars
  (func (export "witgen:bench/api@0.1.0#noop"))
  (func (export "witgen:bench/api@0.1.0#add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "witgen:bench/api@0.1.0#add64") (param i64 i64) (result i64)
    (i64.add (local.get 0) (local.get 1)))
  (func (export "witgen:bench/api@0.1.0#echo-flags") (param i32) (result i32)
    (local.get 0))
  (func (export "witgen:bench/api@0.1.0#echo-color") (param i32) (result i32)
    (local.get 0))

  ;; ---- compounds, returned in the block
  (func (export "witgen:bench/api@0.1.0#echo-option") (param $some i32) (param $value i32) (result i32)
    (i32.store8 (i32.const 16) (local.get $some))
    (i32.store (i32.const 20) (local.get $value))
    (i32.const 16))
  (func (export "witgen:bench/api@0.1.0#echo-result") (param $err i32) (param $value i32) (param $len i32) (result i32)
    (i32.store8 (i32.const 16) (local.get $err))
    (i32.store (i32.const 20) (local.get $value))
    (i32.store (i32.const 24) (local.get $len))
    (i32.const 16))
  (func (export "witgen:bench/api@0.1.0#echo-point") (param $x f64) (param $y f64) (result i32)
    (f64.store (i32.const 16) (local.get $x))
    (f64.store (i32.const 24) (local.get $y))
    (i32.const 16))
  ;; The flat form joins a string's pointer and a point's x to one i64; in memory each has its own place.
  (func (export "witgen:bench/api@0.1.0#echo-shape") (param $tag i32) (param $first i64) (param $second i64) (result i32)
    (i32.store8 (i32.const 16) (local.get $tag))
    (if (i32.eq (local.get $tag) (i32.const 2))
      (then
        (i64.store32 (i32.const 24) (local.get $first))
        (i64.store32 (i32.const 28) (local.get $second)))
      (else
        (i64.store (i32.const 24) (local.get $first))
        (i64.store (i32.const 32) (local.get $second))))
    (i32.const 16))
  (func (export "witgen:bench/api@0.1.0#echo-item")
    (param $x f64) (param $y f64) (param $id i32) (param $name i32) (param $len i32) (result i32)
    (f64.store (i32.const 16) (local.get $x))
    (f64.store (i32.const 24) (local.get $y))
    (i32.store (i32.const 32) (local.get $id))
    (i32.store (i32.const 36) (local.get $name))
    (i32.store (i32.const 40) (local.get $len))
    (i32.const 16))
  (func (export "witgen:bench/api@0.1.0#echo-tuple")
    (param $a i32) (param $b f64) (param $c i32) (param $len i32) (result i32)
    (i32.store (i32.const 16) (local.get $a))
    (f64.store (i32.const 24) (local.get $b))
    (i32.store (i32.const 32) (local.get $c))
    (i32.store (i32.const 36) (local.get $len))
    (i32.const 16))
  (export "cabi_post_witgen:bench/api@0.1.0#echo-result" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#echo-shape" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#echo-item" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#echo-tuple" (func $free-all))

  ;; ---- strings and lists given back as they came
  (export "witgen:bench/api@0.1.0#echo-string" (func $return-span))
  (export "witgen:bench/api@0.1.0#echo-bytes" (func $return-span))
  (export "witgen:bench/api@0.1.0#echo-f64s" (func $return-span))
  (export "witgen:bench/api@0.1.0#echo-points" (func $return-span))
  (export "witgen:bench/api@0.1.0#echo-items" (func $return-span))
  (export "witgen:bench/api@0.1.0#echo-strings" (func $return-span))
  (export "witgen:bench/api@0.1.0#echo-pairs" (func $return-span))
  (export "cabi_post_witgen:bench/api@0.1.0#echo-string" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#echo-bytes" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#echo-f64s" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#echo-points" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#echo-items" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#echo-strings" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#echo-pairs" (func $free-all))

  (export "witgen:bench/api@0.1.0#take-string" (func $take))
  (export "witgen:bench/api@0.1.0#take-items" (func $take))
  (export "witgen:bench/api@0.1.0#take-strings" (func $take))

  ;; ---- kept, then given any number of times
  (func (export "witgen:bench/api@0.1.0#keep-string") (param i32 i32)
    (call $keep (i32.const 64) (local.get 0) (local.get 1)))
  (func (export "witgen:bench/api@0.1.0#keep-items") (param i32 i32)
    (call $keep (i32.const 72) (local.get 0) (local.get 1)))
  (func (export "witgen:bench/api@0.1.0#keep-strings") (param i32 i32)
    (call $keep (i32.const 80) (local.get 0) (local.get 1)))
  (func (export "witgen:bench/api@0.1.0#give-string") (result i32) (i32.const 64))
  (func (export "witgen:bench/api@0.1.0#give-items") (result i32) (i32.const 72))
  (func (export "witgen:bench/api@0.1.0#give-strings") (result i32) (i32.const 80))
  (func (export "witgen:bench/api@0.1.0#give-bytes") (param $len i32) (result i32)
    (call $return-span (i32.const 0x1000) (local.get $len)))
  (export "cabi_post_witgen:bench/api@0.1.0#give-string" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#give-items" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#give-strings" (func $free-all))
  (export "cabi_post_witgen:bench/api@0.1.0#give-bytes" (func $free-all))

  (func (export "witgen:bench/api@0.1.0#sum-f64s") (param $ptr i32) (param $len i32) (result f64)
    (local $sum f64) (local $end i32)
    (local.set $end (i32.add (local.get $ptr) (i32.shl (local.get $len) (i32.const 3))))
    (block $done
      (loop $next-element
        (br_if $done (i32.eq (local.get $ptr) (local.get $end)))
        (local.set $sum (f64.add (local.get $sum) (f64.load (local.get $ptr))))
        (local.set $ptr (i32.add (local.get $ptr) (i32.const 8)))
        (br $next-element)))
    (call $free-all (local.get $ptr))
    (local.get $sum))

  ;; ---- counters: a representation is the address of the value
  (global $free-counter (mut i32) (i32.const 0))
  (global $next-counter (mut i32) (i32.const 0x110000))
  (func (export "witgen:bench/api@0.1.0#[constructor]counter") (param $start i32) (result i32)
    (local $rep i32)
    (local.set $rep (global.get $free-counter))
    (if (local.get $rep)
      (then (global.set $free-counter (i32.load (local.get $rep))))
      (else
        (local.set $rep (global.get $next-counter))
        (global.set $next-counter (i32.add (local.get $rep) (i32.const 4)))))
    (i32.store (local.get $rep) (local.get $start))
    (call $new-counter (local.get $rep)))
  (func (export "witgen:bench/api@0.1.0#[method]counter.inc") (param $rep i32) (param $by i32) (result i32)
    (i32.store (local.get $rep) (i32.add (i32.load (local.get $rep)) (local.get $by)))
    (i32.load (local.get $rep)))
  (func (export "witgen:bench/api@0.1.0#[dtor]counter") (param $rep i32)
    (i32.store (local.get $rep) (global.get $free-counter))
    (global.set $free-counter (local.get $rep)))

  ;; ---- calls of the host
  (func (export "witgen:bench/api@0.1.0#call-meter") (param $times i32) (result i32)
    (local $meter i32) (local $value i32)
    (local.set $meter (call $new-meter (i32.const 0)))
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $times)))
        (local.set $value (call $add-to-meter (local.get $meter) (i32.const 1)))
        (local.set $times (i32.sub (local.get $times) (i32.const 1)))
        (br $again)))
    (call $drop-meter (local.get $meter))
    (local.get $value))
  (func (export "witgen:bench/api@0.1.0#call-ping") (param $times i32) (result i32)
    (local $value i32)
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $times)))
        (local.set $value (call $ping (local.get $value)))
        (local.set $times (i32.sub (local.get $times) (i32.const 1)))
        (br $again)))
    (local.get $value))
  (func (export "witgen:bench/api@0.1.0#call-log") (param $times i32) (param $ptr i32) (param $len i32) (result i32)
    (local $left i32)
    (local.set $left (local.get $times))
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $left)))
        (call $log (local.get $ptr) (local.get $len))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br $again)))
    (call $free-all (local.get $ptr))
    (local.get $times))
  (func (export "witgen:bench/api@0.1.0#call-attempt") (param $times i32) (param $outcome i32) (result i32)
    (local $failed i32)
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $times)))
        (call $attempt (local.get $outcome) (i32.const 16))
        (local.set $failed (i32.add (local.get $failed) (i32.load8_u (i32.const 16))))
        (local.set $times (i32.sub (local.get $times) (i32.const 1)))
        (br $again)))
    (local.get $failed))
)
