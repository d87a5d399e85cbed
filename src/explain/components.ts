import type { DiagnosticCode } from '../diagnostics/codes.ts'
import { ADDER, command, world } from './examples.ts'
import type { Explanation } from './explanation.ts'

type ComponentCode = Extract<DiagnosticCode, `CMP${string}`>

/** What a component and a core module begin with. */
const COMPONENT = '\0asm\x0d\0\x01\0'
const MODULE = '\0asm\x01\0\0\0'

const calling = (bytes: string): ReturnType<typeof command> =>
  command({ 'guest.wasm': { bytes } }, "witgen call guest.wasm 'run()'")

const validating = (items: string, guest = ADDER): ReturnType<typeof command> =>
  command({ ...guest, ...world(items) }, 'witgen validate guest.wasm --wit wit --world example')

/** Each type is twice as large as the one before it. */
const DOUBLING = ['(tuple u8 u8)', ...Array.from({ length: 20 }, (_, i) => `(tuple ${i} ${i})`)]

/** Codes of components: their bytes, how they fit a world, and calling them. */
export const components: Readonly<Record<ComponentCode, Explanation>> = {
  CMP1001: {
    meaning: 'The file does not begin as WebAssembly does: it is something else, or was damaged on its way.',
    example: calling('a text'),
    fix: 'Name the component itself. A file kept with Git LFS has to be pulled first.',
  },
  CMP1002: {
    meaning:
      'Compilers make core modules; a component is a core module with its types. The command needs one and got the other.',
    example: calling(MODULE),
    fix: 'Make a component: `wasm-tools component new core.wasm -o guest.wasm`, with `--adapt` where it imports WASI 0.1.',
  },
  CMP1003: {
    meaning: 'The file is WebAssembly of a version of the binary format that witgen does not know.',
    example: calling('\0asm\x02\0\0\0'),
    fix: 'Build the guest with a released toolchain, or update witgen.',
  },
  CMP1004: {
    meaning: 'A part of the file says that it is longer or shorter than what it holds. Most such files were cut short.',
    example: calling(`${COMPONENT}\x07\x05`),
    fix: 'Copy or build the component again, and check it: `wasm-tools validate guest.wasm`.',
  },
  CMP1005: {
    meaning: 'There are bytes that the format of components does not allow at their place.',
    example: calling(`${COMPONENT}\x07\x02\x01\xff`),
    fix: 'Check the component with `wasm-tools validate guest.wasm`; a toolchain of another version may have written it.',
  },
  CMP1006: {
    meaning:
      'The component refers to a type, function or instance that it does not define, or that is of another sort.',
    example: calling(`${COMPONENT}\x0b\x07\x01\0\x01f\x01\0\0`),
    fix: 'Check the component with `wasm-tools validate guest.wasm`; its toolchain has a mistake.',
  },
  CMP1007: {
    meaning:
      'The component nests deeper, or its types are larger, than any real one. The limits keep hostile files from filling the memory.',
    example: command(
      { 'guest.wat': `(component\n${DOUBLING.map((type) => `  (type ${type})`).join('\n')})\n` },
      "witgen call guest.wasm 'run()'",
    ),
    fix: 'Divide the type: pass a list of a smaller one, or a resource.',
  },
  CMP1008: {
    meaning: 'The component is valid, and uses something that witgen does not support; the message says what.',
    example: command(
      { 'guest.wat': '(component\n  (import "m" (core module $m))\n  (core instance (instantiate $m)))\n' },
      "witgen call guest.wasm 'run()'",
    ),
    fix: 'Build the guest without it, or compose it so that nothing of the sort is left to import.',
  },
  CMP1009: {
    meaning: 'Binary files in `deps` are WIT packages; this one is a component, which has a world of its own instead.',
    example: command(
      { ...world('import run: func();'), 'wit/deps/other.wasm': { bytes: COMPONENT } },
      'witgen generate',
    ),
    fix: 'Put its WIT there: `wasm-tools component wit --wasm component.wasm -o wit/deps/package.wasm`.',
  },
  CMP1010: {
    meaning: 'The file of the guest is not there, or the system does not let it be read.',
    example: command({}, "witgen call guest.wasm 'run()'"),
    fix: 'Check the path and the permissions.',
  },
  CMP1011: {
    meaning:
      'A function of the component is made of a core function with other parameters or another result than the Canonical ABI asks for. Engines do not notice.',
    example: command(
      {
        'guest.wat': `(component
  (core module $m (func (export "run") (result i64) (i64.const 0)))
  (core instance $i (instantiate $m))
  (func (export "run") (result u32) (canon lift (core func $i "run"))))
`,
      },
      "witgen call guest.wasm 'run()'",
    ),
    fix: 'Check the component with `wasm-tools validate guest.wasm`; its toolchain has a mistake.',
  },
  CMP2001: {
    meaning:
      'Guest and world both have the function, with different types. Types have to be equal, names of fields and cases included.',
    example: validating('export add: func(a: s32, b: s32) -> s64;'),
    fix: 'Build the guest against the WIT of the host, or change the WIT; the message shows both types.',
  },
  CMP2002: {
    meaning: 'The world exports something that the guest does not export.',
    example: validating('export add: func(a: s32, b: s32) -> s32;\nexport subtract: func(a: s32, b: s32) -> s32;'),
    fix: 'Implement it in the guest, or take it out of the world.',
  },
  CMP2003: {
    meaning: 'The guest imports something that the world does not import, so the host would have nothing to give it.',
    example: validating('export run: func();', {
      'guest.wat': `(component
  (import "log" (func $log))
  (core func $lowered (canon lower (func $log)))
  (core module $m (import "" "log" (func $log)) (func (export "run") (call $log)))
  (core instance $i (instantiate $m (with "" (instance (export "log" (func $lowered))))))
  (func (export "run") (canon lift (core func $i "run"))))
`,
    }),
    fix: 'Import it in the world, or pass it in `imports` when loading; `wasi:*` needs neither.',
  },
  CMP2004: {
    meaning:
      'A note, no error: the guest imports WASI that the world does not name. The host serves it, and grants nothing that it is not told to.',
    example: validating('export run: func() -> u64;', {
      'guest.wat': `(component
  (import "wasi:random/random@0.2.0" (instance $random (export "get-random-u64" (func (result u64)))))
  (core func $lowered (canon lower (func $random "get-random-u64")))
  (core module $m (import "" "random" (func $f (result i64))) (func (export "run") (result i64) (call $f)))
  (core instance $i (instantiate $m (with "" (instance (export "random" (func $lowered))))))
  (func (export "run") (result u64) (canon lift (core func $i "run"))))
`,
    }),
    fix: 'Grant what the guest needs: `wasi: { random: true }` in a host, `--random` on the command line.',
  },
  CMP3001: {
    meaning: 'A call is written `func(arguments)`, with names in kebab-case and arguments in WAVE.',
    example: command(ADDER, "witgen call guest.wasm 'add(1, two)'"),
    fix: 'Write for example `add(1, 2)`, `draw({x: 1, y: 2}, some("red"))`, and quote it for the shell.',
  },
  CMP3002: {
    meaning: 'The guest exports no such function, or several of that name in different interfaces.',
    example: command(ADDER, "witgen call guest.wasm 'subtract(1, 2)'"),
    fix: 'Name the interface as well: `ns:pkg/iface#func(…)`. `witgen inspect guest.wasm` lists the functions.',
  },
  CMP3003: {
    meaning: 'Constructors and methods work on handles of resources, and a handle cannot be written as text.',
    example: command(
      {
        'guest.wat': `(component
  (type $thing (resource (rep i32)))
  (core func $new (canon resource.new $thing))
  (core module $m
    (import "" "new" (func $new (param i32) (result i32)))
    (func (export "make") (result i32) (call $new (i32.const 1))))
  (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
  (export $t "thing" (type $thing))
  (func (export "[constructor]thing") (result (own $t)) (canon lift (core func $i "make"))))
`,
      },
      "witgen call guest.wasm '[constructor]thing()'",
    ),
    fix: 'Call it from a program: `instantiate(source)` of `witgen/runtime` gives the classes without generated code.',
  },
  CMP3004: {
    meaning:
      'The call began and did not end well: the guest trapped, needs an import that is not served, or was refused something.',
    example: command(ADDER, "witgen call guest.wasm 'crash()'"),
    fix: 'The message has an error code of the runtime, `error [10 Unreachable]`: `witgen explain Unreachable` says more.',
  },
  CMP3005: {
    meaning: 'Node cannot listen for a debugger at this port; most often another process does.',
    example: command(ADDER, "witgen debug guest.wasm 'add(1, 2)' --inspect-brk --inspect-port 9229"),
    fix: 'Choose another port with `--inspect-port`; 0 is any free one.',
  },
  CMP3006: {
    meaning: 'The launch file of VS Code is no JSON that an entry could be added to. It was left as it is.',
    example: command({ ...ADDER, '.vscode/launch.json': '[]\n' }, "witgen debug guest.wasm 'add(1, 2)' --vscode"),
    fix: 'Mend the file, or move it away and run the command again.',
  },
  CMP3010: {
    meaning: 'A program exports `wasi:cli/run` of WASI 0.2, and this component does not.',
    example: command(ADDER, 'witgen run guest.wasm'),
    fix: "Call one of its functions: `witgen call guest.wasm 'add(1, 2)'`.",
  },
  CMP3011: {
    meaning: 'The program trapped, or was refused something that it was not granted.',
    example: command(
      {
        'guest.wat': `(component
  (core module $m (func (export "run") (result i32) unreachable))
  (core instance $i (instantiate $m))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $exported (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $exported)))
`,
      },
      'witgen run guest.wasm',
    ),
    fix: 'The message has an error code of the runtime; for `PermissionDenied` it names the flag that grants.',
  },
}
