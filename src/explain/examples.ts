import type { CommandExample, ExampleFiles, ProgramExample } from './explanation.ts'

/** A WIT file that `witgen generate` refuses. */
export function wit(text: string): CommandExample {
  return { kind: 'command', files: { 'wit/example.wit': text }, command: 'witgen generate' }
}

/** A WIT file with an interface that `witgen generate` refuses. */
export function inInterface(items: string): CommandExample {
  return wit(`package my:example;\n\ninterface api {\n  ${items.replaceAll('\n', '\n  ')}\n}\n`)
}

/** Files and a command line. */
export function command(files: ExampleFiles, line: string): CommandExample {
  return { kind: 'command', files, command: line }
}

/** Files, and a program in the same folder. */
export function program(files: ExampleFiles, text: string): ProgramExample {
  return { kind: 'program', files, program: text }
}

/** A component that exports `add` and `crash`. */
export const ADDER: ExampleFiles = {
  'guest.wat': `(component
  (core module $m
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "crash") unreachable))
  (core instance $i (instantiate $m))
  (func (export "add") (param "a" s32) (param "b" s32) (result s32) (canon lift (core func $i "add")))
  (func (export "crash") (canon lift (core func $i "crash"))))
`,
}

/** A world of a package, as the file of a WIT folder. */
export function world(items: string): ExampleFiles {
  return { 'wit/example.wit': `package my:example;\n\nworld example {\n  ${items.replaceAll('\n', '\n  ')}\n}\n` }
}
