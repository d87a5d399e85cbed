import type { DiagnosticCode } from '../diagnostics/codes.ts'
import { command, inInterface, wit } from './examples.ts'
import type { Explanation } from './explanation.ts'

type SyntaxCode = Extract<DiagnosticCode, `WIT00${0 | 1 | 2 | 7}${string}`>

/** Codes of reading WIT: its characters, its grammar, its files and packages. */
export const witSyntax: Readonly<Record<SyntaxCode, Explanation>> = {
  WIT0001: {
    meaning:
      'WIT is made of ASCII letters, digits and a few signs; other characters stand in comments and strings only.',
    example: inInterface('price: func() -> $u32;'),
    fix: 'Remove the character.',
  },
  WIT0002: {
    meaning:
      'Control characters and those that change the direction of text make a file look different from what it says, so WIT forbids them, in comments too.',
    example: inInterface('// \u202e\nprice: func() -> u32;'),
    fix: 'Remove the character; the message names it.',
  },
  WIT0003: {
    meaning:
      'A block comment `/* …` or a string reaches the end of the file, or of its line, without its closing sign.',
    example: wit('package my:example;\n\n/* An interface.\ninterface api {}\n'),
    fix: 'Close it: `*/` for a comment (comments nest), `"` for a string.',
  },
  WIT0004: {
    meaning: 'A string contains something that strings of WIT cannot contain, for example an unknown escape.',
    example: inInterface('@external-id("\\q")\nrun: func();'),
    fix: 'Use only the escapes of WIT, and write other characters as they are.',
  },
  WIT0005: {
    meaning:
      'Names consist of words joined by single hyphens; a word begins with a letter and has letters of one case only.',
    example: inInterface('readLine: func() -> string;'),
    fix: 'Write the name in kebab-case: `read-line`. Generated TypeScript calls it `readLine` all the same.',
  },
  WIT0006: {
    meaning: 'The text is not what the grammar of WIT expects at this place; the message says what would be.',
    example: inInterface('read: func() -> string'),
    fix: 'Often a `;`, `,` or `}` is missing just before. A keyword used as a name needs a `%`: `%type`.',
  },
  WIT0007: {
    meaning: 'Versions of packages follow semver: three numbers without leading zeros, perhaps a pre-release.',
    example: wit('package my:example@01.0.0;\n'),
    fix: 'Write a version like `1.2.3` or `1.2.3-rc.1`.',
  },
  WIT0008: {
    meaning: 'Types, or packages, are nested deeper than witgen reads.',
    example: inInterface(`type deep = ${'list<'.repeat(101)}u8${'>'.repeat(101)};`),
    fix: 'Give names to inner types.',
  },
  WIT0009: {
    meaning:
      'WIT knows the attributes `@since`, `@unstable`, `@deprecated` and `@external-id`, each in certain places.',
    example: inInterface('@stable(version = 1.0.0)\nrun: func();'),
    fix: 'Correct the name of the attribute, or remove it.',
  },
  WIT0010: {
    meaning: 'Two attributes of one item contradict each other, or one lacks another that it needs.',
    example: inInterface('@deprecated(version = 1.0.0)\nrun: func();'),
    fix: 'Give each attribute once, `@since` or `@unstable` but not both, and `@deprecated` only beside one of them.',
  },
  WIT0020: {
    meaning: 'Interfaces and worlds belong to a package, and no file of the folder says which.',
    example: wit('interface api {}\n'),
    fix: 'Begin one file of the folder with `package namespace:name;`.',
  },
  WIT0021: {
    meaning: 'All files of one folder make one package, so those that name it have to agree.',
    example: command({ 'wit/one.wit': 'package my:one;\n', 'wit/two.wit': 'package my:two;\n' }, 'witgen generate'),
    fix: 'Put the other package into a folder of its own: `deps/two`.',
  },
  WIT0022: {
    meaning: 'The documentation of a package stands before its `package` line, in one file only.',
    example: command(
      { 'wit/one.wit': '/// One.\npackage my:example;\n', 'wit/two.wit': '/// Two.\npackage my:example;\n' },
      'witgen generate',
    ),
    fix: 'Keep one of the comments.',
  },
  WIT0023: {
    meaning: 'A `package … { }` block stands at the top level of a file, not in another such block.',
    example: wit('package my:example;\n\npackage my:outer {\n  package my:inner {}\n}\n'),
    fix: 'Move the inner block to the top level.',
  },
  WIT0024: {
    meaning: 'Two folders, files or blocks define one package.',
    example: wit('package my:example;\n\npackage my:other {}\npackage my:other {}\n'),
    fix: 'Remove one of them: the message says where the other is. A package in `deps` may be there as text and in binary form.',
  },
  WIT0025: {
    meaning: 'A package is referred to that is neither the root package nor in `deps`, or not with this version.',
    example: wit('package my:example;\n\nworld example {\n  import wasi:random/random@0.2.0;\n}\n'),
    fix: 'Put the WIT of the package into `deps`, or correct its name and version.',
  },
  WIT0026: {
    meaning: 'Packages depend on each other in a circle, or one refers to itself by its full name.',
    example: wit('package my:example;\n\ninterface api {}\n\nworld example {\n  import my:example/api;\n}\n'),
    fix: 'Within a package leave its name out: `import api;`. Break a circle by moving what both need into a third package.',
  },
  WIT0070: {
    meaning:
      'The file or folder is not there, is no ordinary file, is not UTF-8, or the system does not let it be read.',
    example: command({}, 'witgen generate no-such-folder'),
    fix: 'Check the path, the permissions and the encoding; without a path witgen reads `./wit`.',
  },
  WIT0071: {
    meaning: 'A WIT package is a folder with files that end in `.wit`.',
    example: command({ 'wit/README.md': 'The WIT will be here.\n' }, 'witgen generate'),
    fix: 'Name the folder that has the files. Those in `deps` are other packages, not the root.',
  },
  WIT0072: {
    meaning: 'The file holds WebAssembly, or its text form, where WIT is needed.',
    example: command({ 'api.wat': '(component)\n' }, 'witgen generate api.wat'),
    fix: 'Make a binary of it with `wasm-tools parse`, or WIT text with `wasm-tools component wit`.',
  },
}
