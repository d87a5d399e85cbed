import type { DiagnosticCode } from '../diagnostics/codes.ts'
import { ADDER, command, wit, world } from './examples.ts'
import type { Explanation } from './explanation.ts'

type GeneratorCode = Extract<DiagnosticCode, `CFG${string}` | `GEN00${string}` | `GEN09${string}`>

const WORLD = world('export run: func();')
const configured = (text: string): ReturnType<typeof command> =>
  command({ ...WORLD, 'witgen.config.json': text }, 'witgen generate')

/** A variant of two cases that each have the type before it: `t10` has 2047 parts, in a declaration of 31. */
const VARIANTS = Array.from(
  { length: 10 },
  (_, i) => `  variant t${i + 1} { a(${i === 0 ? 'u8' : `t${i}`}), b(${i === 0 ? 'u8' : `t${i}`}) }`,
)
/** A record that is twice as large as the one before it. */
const RECORDS = Array.from(
  { length: 20 },
  (_, i) => `  record t${i + 1} { a: ${i === 0 ? 'u8' : `t${i}`}, b: ${i === 0 ? 'u8' : `t${i}`} }`,
)
const exporting = (types: readonly string[], last: string): ReturnType<typeof command> =>
  wit(
    `package my:example;\n\ninterface api {\n${types.join('\n')}\n  run: func(value: ${last});\n}\n\nworld example {\n  export api;\n}\n`,
  )

/** Codes of the configuration, and of generating code. */
export const generator: Readonly<Record<GeneratorCode, Explanation>> = {
  CFG0001: {
    meaning: '`--config` names a file that is not there, or that is of a kind that is not read.',
    example: command(WORLD, 'witgen generate --config other.config.json'),
    fix: 'Correct the path. Without `--config` witgen looks for `witgen.config.{ts,js,mjs,json}` and for `witgen` in package.json.',
  },
  CFG0002: {
    meaning: 'The configuration is no valid JSON or script, or threw an error when it was loaded.',
    example: configured('{ "out": }\n'),
    fix: 'Mend the place that is shown. A `.ts` file may use what Node can strip, or ts-morph can compile.',
  },
  CFG0003: {
    meaning: 'The configuration has a member that is no option.',
    example: configured('{ "output": "src/generated" }\n'),
    fix: 'Correct its name: `inputs`, `worlds`, `out`, `target`, `importExtension`, `features`, `views`.',
  },
  CFG0004: {
    meaning: 'An option has a value of the wrong type, or one that it does not know.',
    example: configured('{ "inputs": "wit" }\n'),
    fix: 'The message says what is expected; `defineConfig` of `witgen` lets an editor say it earlier.',
  },
  CFG0005: {
    meaning: 'The configuration is no object: often a script lacks its `export default`.',
    example: configured('["wit"]\n'),
    fix: 'Write `export default defineConfig({ … })`, in JSON an object.',
  },
  CFG0006: {
    meaning: 'Two options exclude each other: JavaScript output has no `.ts` files to import.',
    example: configured('{ "target": "js", "importExtension": "ts" }\n'),
    fix: 'Leave one of them out.',
  },
  CFG0101: {
    meaning: '`witgen init` adds scripts to the package.json of the working folder, and there is none.',
    example: command({}, 'witgen init'),
    fix: 'Run `npm init` first, or go to the folder that has it.',
  },
  CFG0102: {
    meaning: 'The package.json is no valid JSON, or what it has as `scripts` is no object. It was left as it is.',
    example: command({ 'package.json': '{ "scripts": [] }\n' }, 'witgen init'),
    fix: 'Mend the place that is shown.',
  },
  GEN0001: {
    meaning: '`--world`, or the configuration, names a world that the root package does not have.',
    example: command(WORLD, 'witgen generate --world exmaple'),
    fix: 'Use one of the worlds that are listed. Worlds of packages in `deps` are not generated.',
  },
  GEN0002: {
    meaning:
      'A world uses `stream`, `future`, `error-context` or an `async func`, which generated code does not support yet.',
    example: command(world('export read: func() -> stream<u8>;'), 'witgen generate'),
    fix: 'Use a list, or a resource with a method that gives one part after the other; or leave the world out with `--world`.',
  },
  GEN0003: {
    meaning:
      'Where a file would be generated there is one that witgen did not write, or a folder. Nothing was written.',
    example: command({ ...WORLD, 'generated/example.ts': 'export const mine = 1\n' }, 'witgen generate'),
    fix: 'Move it away, or choose another folder with `--out`.',
  },
  GEN0004: {
    meaning: 'A guest is compared with one world, and the package has none or several.',
    example: command(
      { ...ADDER, 'wit/example.wit': 'package my:example;\n\nworld one {}\n\nworld two {}\n' },
      'witgen validate guest.wasm --wit wit',
    ),
    fix: 'Name it: `--world one`.',
  },
  GEN0005: {
    meaning:
      '`witgen.lock.json` keeps the numbers of error cases for good. It has an entry that cannot be right, or one number for two cases.',
    example: command(
      { ...WORLD, 'witgen.lock.json': '{ "version": 1, "errors": { "oops": 0 } }\n' },
      'witgen generate',
    ),
    fix: 'Restore the file from version control. Of two cases with one number after a merge, delete the newer one.',
  },
  GEN0006: {
    meaning: 'Two inputs would write different files of one name into one folder.',
    example: command(
      {
        'one/a.wit': 'package my:one;\n\nworld example {\n  export run: func();\n}\n',
        'two/a.wit': 'package my:two;\n\nworld example {\n  export stop: func();\n}\n',
      },
      'witgen generate one two',
    ),
    fix: 'Generate them into folders of their own with `--out`.',
  },
  GEN0007: {
    meaning: 'The package has neither a world nor an interface, so nothing would be left of the output.',
    example: wit('package my:example;\n'),
    fix: 'Add a world, or name the folder that has one.',
  },
  GEN0020: {
    meaning: 'Written out, the type has more than a million parts or a hundred levels; no component can have it.',
    example: exporting(RECORDS, 't20'),
    fix: 'Pass a list of a smaller type, or a resource.',
  },
  GEN0021: {
    meaning:
      'Flat parameters are taken apart where they are passed, so that each use of a type in a type is code of its own.',
    example: exporting(VARIANTS, 't10'),
    fix: 'Pass a part of it in a list, or make it a record that does not fit into 16 core values.',
  },
  GEN0901: {
    meaning:
      '`generate --check` found a file that is not what would be generated now: it, the WIT or witgen has changed.',
    example: {
      ...command(WORLD, 'witgen generate --check --format json'),
      before: { command: 'witgen generate', files: world('export start: func();') },
    },
    fix: 'Run `witgen generate` and commit the result.',
  },
  GEN0902: {
    meaning: '`generate --check` misses a file that would be generated now.',
    example: command(WORLD, 'witgen generate --check --format json'),
    fix: 'Run `witgen generate` and commit the result.',
  },
  GEN0903: {
    meaning: '`generate --check` found a file that witgen wrote once and would not write any more.',
    example: {
      ...command(WORLD, 'witgen generate --check --format json'),
      before: {
        command: 'witgen generate',
        files: { 'wit/example.wit': 'package my:example;\n\nworld other {\n  export run: func();\n}\n' },
      },
    },
    fix: 'Run `witgen generate`, which removes it, and commit the result.',
  },
  GEN0911: {
    meaning: 'The system refused to read or write a file; the message is its own.',
    example: command({ ...WORLD, host: 'a file\n' }, 'witgen scaffold --world example --out host/imports.ts'),
    fix: 'Check the path and the permissions, and whether a file stands where a folder has to be.',
  },
  GEN0912: {
    meaning: 'witgen stopped at something that it does not expect of itself. Your input may be fine.',
    example: undefined,
    fix: 'Please report it, with the output of the same command and `--debug`.',
  },
  GEN0913: {
    meaning: '`witgen explain` was asked for a code that neither diagnostics nor the errors of the runtime have.',
    example: command({}, 'witgen explain WIT0131'),
    fix: 'Copy the code from the message; `witgen explain` lists all there are.',
  },
}
