import type { ErrorCodeName } from '../runtime/error-code.ts'
import { program } from './examples.ts'
import type { Explanation } from './explanation.ts'
import type { guestErrors } from './guest-errors.ts'
import { CALLER, guest, importing } from './guests.ts'

type HostErrorName = Exclude<ErrorCodeName, keyof typeof guestErrors>

const under = (policy: string, call = 'exports.run()'): string =>
  `const compiled = await compile('guest.wasm', { policy: { ${policy} } })\nconst { exports } = instantiate(compiled)\n${call}`

/** Errors of loading, of policies, and of what runs guests. */
export const hostErrors: Readonly<Record<HostErrorName, Explanation>> = {
  Success: {
    meaning: 'The number that stands for no error, where codes are passed on as numbers. No error has it.',
    example: undefined,
    fix: 'There is nothing to mend.',
  },
  ModuleNotLoaded: {
    meaning: 'The plugin manager has no plugin of this name, or it is still being loaded.',
    example: {
      kind: 'sketch',
      program: "const plugins = new PluginManager({ worlds: { Example } })\nplugins.get('absent')",
    },
    fix: 'Wait for `load(name, source)`; the message lists the names that are loaded.',
  },
  ModuleAlreadyLoaded: {
    meaning: 'The plugin manager has a plugin of this name, or one is being loaded.',
    example: {
      kind: 'sketch',
      program:
        "const plugins = new PluginManager({ worlds: { Example } })\nawait plugins.load('one', 'guest.wasm')\nawait plugins.load('one', 'guest.wasm')",
    },
    fix: 'Take another name; `swap(name, source)` replaces a plugin, `unload(name)` takes it out.',
  },
  InvalidModule: {
    meaning:
      'The source is no component, or one that cannot be decoded, or it needs a newer engine; the message says which, and what to do.',
    example: program({}, 'await compile(Uint8Array.of(1, 2, 3))'),
    fix: 'Make a component of a core module with `wasm-tools component new`; run on the Node that the message names.',
  },
  LinkError: {
    meaning: 'The guest imports something that neither the host gives in `imports` nor the runtime serves.',
    example: program(CALLER, "await instantiate('guest.wasm', { imports: {} })"),
    fix: 'Add what the message lists under the key that it shows. `witgen scaffold` writes the whole object.',
  },
  WorldMismatch: {
    meaning: 'The guest lacks an export of the world, or has one with another type. Nothing of it has run.',
    example: { kind: 'sketch', program: "await Example.load('guest-of-another-world.wasm')" },
    fix: 'Build the guest against the same WIT; the message has each difference, and so has `witgen validate`.',
  },
  Unsupported: {
    meaning: 'The guest, or an option, asks for something that this runtime does not have on this platform.',
    example: program(
      {
        'guest.wat': `(component
  (core module $m (func (export "run") (param i32)))
  (core instance $i (instantiate $m))
  (func (export "run") (param "s" (stream u8)) (canon lift (core func $i "run"))))
`,
      },
      "await instantiate('guest.wasm')",
    ),
    fix: 'Do without it; the message says what it is.',
  },
  MemoryLimit: {
    meaning: 'The guest has, or wants, more memory than its policy grants; or the machine has no more.',
    example: program(guest('(memory 2)\n(func (export "run"))'), under('maxMemoryPages: 1')),
    fix: 'Raise `maxMemoryPages` (64 KiB each), or give the guest less to do at once.',
  },
  TableLimit: {
    meaning: 'The guest has, or wants, a larger table than its policy grants.',
    example: program(guest('(table 10 funcref)\n(func (export "run"))'), under('maxTableElements: 1')),
    fix: 'Raise `maxTableElements`.',
  },
  InstanceLimit: {
    meaning: 'The component consists of more core instances than its policy grants.',
    example: program(
      {
        'guest.wat': `(component
  (core module $m (func (export "run")))
  (core instance $first (instantiate $m))
  (core instance $second (instantiate $m))
  (func (export "run") (canon lift (core func $first "run"))))
`,
      },
      under('maxInstances: 1'),
    ),
    fix: 'Raise `maxInstances`.',
  },
  OutputLimit: {
    meaning:
      'The guest has handed more bytes to the host than its policy grants: results, arguments of imports, what it prints.',
    example: program(
      guest(
        '(memory (export "m") 1)\n(data (i32.const 0) "\\08\\00\\00\\00\\05\\00\\00\\00hello")\n(func (export "run") (result i32) (i32.const 0))',
        '(result string)',
        '(memory (core memory $i "m"))',
      ),
      under('maxOutputBytes: 1'),
    ),
    fix: 'Raise `maxOutputBytes`, or ask for less at once.',
  },
  ExecutionTimeout: {
    meaning: 'A call took longer than its policy grants, and was ended.',
    example: program(guest('(func (export "run") (loop (br 0)))'), under('maxExecutionTimeMs: 10')),
    fix: 'Raise `maxExecutionTimeMs`, or divide the work. The instance is lost.',
  },
  FuelExhausted: {
    meaning:
      'The instance has run as many instructions as its policy grants for its life. The same guest stops at the same place everywhere.',
    example: program(guest('(func (export "run") (loop (br 0)))'), under('fuel: 1000')),
    fix: 'Raise `fuel`, or give more while it lives: `addFuel(instance, amount)`. `policyReport(instance)` tells what was used.',
  },
  CallDepth: {
    meaning: 'Calls in the guest are nested deeper than its policy grants.',
    example: program(guest('(func $run (export "run") (call $run))'), under('maxCallDepth: 10')),
    fix: 'Raise `maxCallDepth`, or bound the recursion in the guest.',
  },
  PermissionDenied: {
    meaning: 'The guest called something that the host has not granted. Nothing is granted by default.',
    example: program(
      importing(
        '(import "wasi:random/random@0.2.0" (instance $random (export "get-random-u64" (func (result u64)))))',
        '$random "get-random-u64"',
        '(result i64)',
      ),
      "const { exports } = await instantiate('guest.wasm')\nexports.run()",
    ),
    fix: 'Grant it: `wasi: { random: true }`, `allowedImports` of the policy; on the command line `--random`, `--clocks`, `--dir`, `--net`.',
  },
  PolicyUnsupported: {
    meaning: 'The policy asks for something that cannot be enforced here, so the guest was not started at all.',
    example: program(
      guest(
        '(memory 1 1 shared)\n(func (export "run")\n  (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))',
      ),
      under('maxExecutionTimeMs: 10'),
    ),
    fix: 'Leave that limit out, or build the guest without what the message names.',
  },
  WorkerCrashed: {
    meaning:
      'A worker of a pool ended by itself: it ran out of memory, or `process.exit` was called in it. It is replaced; only its calls fail.',
    example: {
      kind: 'sketch',
      program:
        "const pool = await Pool.create(Example, 'guest.wasm', { size: 2 })\nawait pool.run() // and its import calls process.exit()",
    },
    fix: 'Look at `cause`. Limit the guest’s memory, and call the function again.',
  },
  Cancelled: {
    meaning: 'A call of a pool was given up before it ended: by its signal, or because the pool was closed.',
    example: {
      kind: 'sketch',
      program: "const signal = AbortSignal.timeout(10)\nawait pool.map('api.work', items, { signal })",
    },
    fix: 'Nothing, where it was meant; `cause` is the reason that the signal had.',
  },
  QueueFull: {
    meaning: 'A pool was given more calls than may wait (`maxQueue`).',
    example: {
      kind: 'sketch',
      program:
        "const pool = await Pool.create(Example, 'guest.wasm', { size: 1, maxQueue: 1 })\nawait Promise.all([pool.run(), pool.run(), pool.run()])",
    },
    fix: 'Wait for calls before more are made, hand over lists with `map`, or raise `maxQueue`.',
  },
}
