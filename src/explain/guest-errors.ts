import type { ErrorCodeName } from '../runtime/error-code.ts'
import { ADDER, program } from './examples.ts'
import type { Explanation } from './explanation.ts'
import { CALLER, guest } from './guests.ts'

type GuestErrorName = Extract<
  ErrorCodeName,
  | 'InvalidParam'
  | 'MemoryAccessViolation'
  | 'Unreachable'
  | 'ArithmeticTrap'
  | 'IndirectCallTrap'
  | 'StackExhausted'
  | 'AbiViolation'
  | 'Reentrance'
  | 'InstancePoisoned'
  | 'HostError'
  | 'GuestError'
  | 'GuestExit'
  | 'Disposed'
  | 'ExpiredView'
  | 'InvalidHandle'
>

const RUN = "const { exports } = await instantiate('guest.wasm')\nexports.run()"
const RELOAD =
  'The instance is lost; make another one. `error.frames` says where the guest was, with `-g` also in which line.'

/** Errors of a call: of its arguments, of the guest, and of what it called. */
export const guestErrors: Readonly<Record<GuestErrorName, Explanation>> = {
  InvalidParam: {
    meaning: 'An argument does not fit its WIT type. The guest was not entered, and the instance stays usable.',
    example: program(ADDER, "const { exports } = await instantiate('guest.wasm')\nexports.add(1, '2')"),
    fix: 'Pass what the message asks for; it has the path of the value, like `samples[3].weight`. 64-bit integers are `bigint`.',
  },
  MemoryAccessViolation: {
    meaning: 'The guest read or wrote outside of its memory, or handed over a pointer that leads there.',
    example: program(guest('(memory 1)\n(func (export "run") (drop (i32.load (i32.const -8))))'), RUN),
    fix: `It is a mistake in the guest. ${RELOAD}`,
  },
  Unreachable: {
    meaning:
      'The guest ended itself: a panic, a failed assertion or `abort()` compiles to the instruction `unreachable`.',
    example: program(guest('(func (export "run") unreachable)'), RUN),
    fix: `Look at what it wrote to stderr: \`wasi: { stderr: 'inherit' }\`. ${RELOAD}`,
  },
  ArithmeticTrap: {
    meaning: 'The guest divided an integer by zero, or a result does not fit into its type.',
    example: program(guest('(func (export "run") (drop (i32.div_s (i32.const 1) (i32.const 0))))'), RUN),
    fix: `Check the arguments before the call, or the divisor in the guest. ${RELOAD}`,
  },
  IndirectCallTrap: {
    meaning: 'The guest called a function pointer that is null, out of range or of another signature.',
    example: program(guest('(table 1 funcref)\n(func (export "run") (call_indirect (i32.const 0)))'), RUN),
    fix: `It is a mistake in the guest, as a bad cast or a table that was overwritten. ${RELOAD}`,
  },
  StackExhausted: {
    meaning: 'Calls are nested deeper than the engine’s stack, mostly by recursion without end.',
    example: program(guest('(func $run (export "run") (call $run))'), RUN),
    fix: `Bound the recursion in the guest; a policy with \`maxCallDepth\` ends it at the same depth everywhere. ${RELOAD}`,
  },
  AbiViolation: {
    meaning:
      'The guest broke the Canonical ABI: an unknown discriminant, a char or UTF-8 that is none, a pointer out of line, a handle that it does not have.',
    example: program(guest('(func (export "run") (result i32) (i32.const 0xd800))', '(result char)'), RUN),
    fix: `It is a mistake in the guest or in its bindings: update the toolchain. ${RELOAD}`,
  },
  Reentrance: {
    meaning:
      'While a call was in the guest, an import called the same instance again, which the component model forbids.',
    example: program(
      CALLER,
      `let refused
const { exports } = await instantiate('guest.wasm', {
  imports: {
    log() {
      try {
        exports.run()
      } catch (error) {
        refused = error
      }
    },
  },
})
exports.run()
throw refused`,
    ),
    fix: 'Note in the import what is to be done, and do it after the call has returned; or use a second instance.',
  },
  InstancePoisoned: {
    meaning: 'An earlier call trapped, so nobody knows what state the instance is in. `cause` is that trap.',
    example: program(
      guest('(func (export "run") unreachable)'),
      "const { exports } = await instantiate('guest.wasm')\ntry {\n  exports.run()\n} catch {}\nexports.run()",
    ),
    fix: 'Make a new instance of the compiled component after a trap, and mend what trapped.',
  },
  HostError: {
    meaning:
      'An import of the host threw an error, or returned what its WIT type does not allow (a Promise, for one). The guest never sees it. `cause` is what was thrown.',
    example: program(
      CALLER,
      "const { exports } = await instantiate('guest.wasm', {\n  imports: { log: () => { throw new Error('no disk') } },\n})\nexports.run()",
    ),
    fix: 'Mend the import. To tell the guest of a failure its WIT has to return `result<_, E>`; then throw `{ payload: e }`.',
  },
  GuestError: {
    meaning:
      'The function returned the `err` of its `result`: an answer, no trap. `payload` is its value; the instance stays usable.',
    example: program(guest('(func (export "run") (result i32) (i32.const 1))', '(result (result))'), RUN),
    fix: "Handle it: `if (isWasmError(error, 'GuestError')) error.payload`.",
  },
  GuestExit: {
    meaning: 'The guest ended itself with `exit`. `status` is 0 for success; the instance is not entered again.',
    example: program(
      {
        'guest.wat': `(component
  (import "wasi:cli/exit@0.2.0" (instance $exit (export "exit" (func (param "status" (result))))))
  (core func $lowered (canon lower (func $exit "exit")))
  (core module $m (import "" "exit" (func $exit (param i32))) (func (export "run") (call $exit (i32.const 1))))
  (core instance $i (instantiate $m (with "" (instance (export "exit" (func $lowered))))))
  (func (export "run") (canon lift (core func $i "run"))))
`,
      },
      RUN,
    ),
    fix: "Treat it as the end of a program: `if (isWasmError(error, 'GuestExit')) error.status`.",
  },
  Disposed: {
    meaning: 'The instance, or an object of one of its resources, was disposed of or given away, and then used.',
    example: program(
      ADDER,
      "const instance = await instantiate('guest.wasm')\ninstance.dispose()\ninstance.exports.add(1, 2)",
    ),
    fix: 'Dispose of it after the last use. Passing an object as `own` gives it away.',
  },
  ExpiredView: {
    meaning: 'A view looks into the guest’s memory during one call; it was used after that.',
    example: {
      kind: 'sketch',
      program: 'let kept\nviewsOfAnalysis(pipeline.analysis).scale(values, 2, (view) => (kept = view))\nkept.at(0)',
    },
    fix: 'Take out what is needed inside of the function: numbers by `view.copy()`, of records the fields.',
  },
  InvalidHandle: {
    meaning:
      'An object of a resource was disposed of or given away while a running call has it, or belongs to another instance.',
    example: {
      kind: 'sketch',
      program:
        "const [one, two] = [await Shop.load('shop.wasm'), await Shop.load('shop.wasm')]\ntwo.api.sell(new one.api.Item())",
    },
    fix: 'Pass objects to the instance that made them, and do not dispose of them while a call has them.',
  },
}
