import type { DiagnosticCode } from '../diagnostics/codes.ts'
import { command, world } from './examples.ts'
import type { ExampleFiles, Explanation } from './explanation.ts'

type ScaffoldCode = Extract<DiagnosticCode, `GEN02${string}`>

const WORLD = world('import log: func(message: string);')
const SCAFFOLD = 'witgen scaffold --world example --out host.ts'
const scaffolding = (host: string | { readonly bytes: string }): ReturnType<typeof command> =>
  command({ ...WORLD, 'host.ts': host }, SCAFFOLD)
const importing = (text: string): string => `import type { ExampleImports } from './generated/example.js'\n\n${text}\n`

/** Worlds of one name in two packages. */
const TWO: ExampleFiles = { 'wit/example.wit': 'package my:example;\n\nworld one {}\n\nworld two {}\n' }

/** Codes of `witgen scaffold`. */
export const scaffolds: Readonly<Record<ScaffoldCode, Explanation>> = {
  GEN0201: {
    meaning: 'The host’s file is no TypeScript that can be parsed. It was left as it is.',
    example: scaffolding('export const = 1\n'),
    fix: 'Mend the place that is shown, and run the command again.',
  },
  GEN0202: {
    meaning: 'The host’s file is not UTF-8, so that writing it back would damage it. It was left as it is.',
    example: scaffolding({ bytes: 'export const caf\xe9 = 1\n' }),
    fix: 'Save it as UTF-8.',
  },
  GEN0203: {
    meaning: 'The host’s file has no object that is typed as the imports of the world, so there is nothing to update.',
    example: scaffolding('export const answer = 42\n'),
    fix: 'Name another file with `--out`, or declare an object of the type that the message names.',
  },
  GEN0204: {
    meaning: 'Several objects of the host’s file are typed as the imports of the world.',
    example: scaffolding(importing('export const one: ExampleImports = {}\nexport const two: ExampleImports = {}')),
    fix: 'Give the type to one of them only.',
  },
  GEN0205: {
    meaning:
      'A warning: a part of the host is computed, so that nobody can see here what it has. It was left as it is.',
    example: scaffolding(importing('export const imports: ExampleImports = { ...others() }')),
    fix: 'Nothing has to be done. Written out as an object or class, the part is kept in step with the WIT as well.',
  },
  GEN0206: {
    meaning: '`--out` names a folder.',
    example: command({ ...WORLD, 'host.ts/README.md': 'A folder.\n' }, SCAFFOLD),
    fix: 'Name the file: `--out src/host.ts`.',
  },
  GEN0207: {
    meaning: 'A warning: the scaffold imports its types from generated code that is not there yet.',
    example: command(WORLD, SCAFFOLD),
    fix: 'Run `witgen generate`, or name the folder with `--generated`.',
  },
  GEN0208: {
    meaning: 'A scaffold implements one world, and the inputs have none or several.',
    example: command(TWO, 'witgen scaffold --out host.ts'),
    fix: 'Choose one: `--world one`.',
  },
}
