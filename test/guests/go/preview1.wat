;; What Go's runtime asks of wasi_snapshot_preview1, answered inside of the component, which so imports nothing of WASI: no
;; arguments, no environment, no files; output goes nowhere; time passes by a millisecond each time somebody looks; random
;; numbers are the same each time. The adapter that comes with jco cannot be used: it asks the guest for memory before Go's
;; runtime is up.
(module
  (import "env" "memory" (memory 0))

  ;; Results: errno success, badf.
  (global $success i32 (i32.const 0))
  (global $badf i32 (i32.const 8))

  ;; Nanoseconds since 1970; it begins in 2026.
  (global $now (mut i64) (i64.const 1767225600000000000))
  ;; The state of xorshift64.
  (global $random (mut i64) (i64.const 88172645463325252))

  ;; Two counters that are both zero: how many there are, and how many bytes they take.
  (func $nothing (param $count i32) (param $size i32) (result i32)
    (i32.store (local.get $count) (i32.const 0))
    (i32.store (local.get $size) (i32.const 0))
    (global.get $success))
  (export "args_sizes_get" (func $nothing))
  (export "environ_sizes_get" (func $nothing))

  (func $get-nothing (param i32 i32) (result i32) (global.get $success))
  (export "args_get" (func $get-nothing))
  (export "environ_get" (func $get-nothing))

  (func (export "clock_time_get") (param $clock i32) (param $precision i64) (param $time i32) (result i32)
    (global.set $now (i64.add (global.get $now) (i64.const 1000000)))
    (i64.store (local.get $time) (global.get $now))
    (global.get $success))

  (func (export "random_get") (param $at i32) (param $length i32) (result i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (block $done
      (loop $byte
        (br_if $done (i32.eq (local.get $at) (local.get $end)))
        (global.set $random (i64.xor (global.get $random) (i64.shl (global.get $random) (i64.const 13))))
        (global.set $random (i64.xor (global.get $random) (i64.shr_u (global.get $random) (i64.const 7))))
        (global.set $random (i64.xor (global.get $random) (i64.shl (global.get $random) (i64.const 17))))
        (i64.store8 (local.get $at) (global.get $random))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $byte)))
    (global.get $success))

  ;; Says that all of it was written: the sum of the lengths of `$count` buffers, each an address and a length.
  (func (export "fd_write") (param $fd i32) (param $buffers i32) (param $count i32) (param $written i32) (result i32)
    (local $sum i32)
    (block $done
      (loop $buffer
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $sum (i32.add (local.get $sum) (i32.load offset=4 (local.get $buffers))))
        (local.set $buffers (i32.add (local.get $buffers) (i32.const 8)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $buffer)))
    (i32.store (local.get $written) (local.get $sum))
    (global.get $success))

  ;; Standard input, output and errors are character devices without rights.
  (func (export "fd_fdstat_get") (param $fd i32) (param $stat i32) (result i32)
    (i64.store (local.get $stat) (i64.const 2))
    (i64.store offset=8 (local.get $stat) (i64.const 0))
    (i64.store offset=16 (local.get $stat) (i64.const 0))
    (global.get $success))
  (func (export "fd_fdstat_set_flags") (param $fd i32) (param $flags i32) (result i32) (global.get $success))
  (func (export "fd_close") (param $fd i32) (result i32) (global.get $success))

  ;; There are no folders.
  (func (export "fd_prestat_get") (param $fd i32) (param $stat i32) (result i32) (global.get $badf))
  (func (export "fd_prestat_dir_name") (param $fd i32) (param $path i32) (param $length i32) (result i32)
    (global.get $badf))

  (func (export "sched_yield") (result i32) (global.get $success))

  ;; Waits for nothing: no event has come.
  (func (export "poll_oneoff") (param $subscriptions i32) (param $events i32) (param $count i32) (param $come i32) (result i32)
    (i32.store (local.get $come) (i32.const 0))
    (global.get $success))

  ;; How Go ends after a panic.
  (func (export "proc_exit") (param $code i32) (unreachable)))
