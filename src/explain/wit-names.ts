import type { DiagnosticCode } from '../diagnostics/codes.ts'
import { inInterface, wit } from './examples.ts'
import type { Explanation } from './explanation.ts'

type NamesCode = Extract<DiagnosticCode, `WIT00${3 | 4 | 5 | 6}${string}`>

const inWorld = (items: string, others: string): ReturnType<typeof wit> =>
  wit(`package my:example;\n\n${others}\n\nworld example {\n  ${items.replaceAll('\n', '\n  ')}\n}\n`)

/** Codes of what WIT means: its names, types, functions, worlds and feature gates. */
export const witNames: Readonly<Record<NamesCode, Explanation>> = {
  WIT0030: {
    meaning: 'A name is taken. Names that differ only in case or in hyphens count as the same.',
    example: inInterface('run: func();\nrun: func();'),
    fix: 'Rename one of them.',
  },
  WIT0031: {
    meaning: 'A type is used that is neither built in nor defined in this interface or world.',
    example: inInterface('record point { x: u8 }\ndraw: func(at: piont);'),
    fix: 'Correct the name, or bring the type in: `use other.{point};`.',
  },
  WIT0032: {
    meaning: 'An interface or world is referred to that its package does not have.',
    example: inWorld('import logs;', 'interface log {}'),
    fix: 'Correct the name; those of other packages are written `ns:pkg/interface`.',
  },
  WIT0033: {
    meaning:
      'The name exists, but stands for something else: a world where an interface is needed, a function where a type is.',
    example: inWorld('import other;', 'world other {}'),
    fix: 'Use a name of the right kind: worlds are included, interfaces imported and exported.',
  },
  WIT0034: {
    meaning: 'WIT has no recursive types, and interfaces cannot use each other in a circle.',
    example: inInterface('record node { next: option<node> }'),
    fix: 'Put a resource in between, or keep the nodes in a list and refer to them by index.',
  },
  WIT0036: {
    meaning: '`use` names a type that the other interface does not have.',
    example: wit(
      'package my:example;\n\ninterface types {\n  type id = u32;\n}\n\ninterface api {\n  use types.{idd};\n}\n',
    ),
    fix: 'Correct the name. Functions cannot be brought in by `use`.',
  },
  WIT0040: {
    meaning: 'A record, variant, enum, flags or tuple needs at least one member.',
    example: inInterface('record nothing {}'),
    fix: 'Add a member, or leave the type out.',
  },
  WIT0041: {
    meaning: 'Flags are passed as one 32-bit number, so there can be 32 of them.',
    example: inInterface(`flags many { ${Array.from({ length: 33 }, (_, i) => `x${i}`).join(', ')} }`),
    fix: 'Divide them into several types, or pass a list of an enum.',
  },
  WIT0042: {
    meaning: 'Keys of a map are values that can be compared exactly.',
    example: inInterface('type prices = map<f32, string>;'),
    fix: 'Use a bool, an integer, a char or a string as the key.',
  },
  WIT0043: {
    meaning: '`own` and `borrow` make handles, and only resources have handles.',
    example: inInterface('type id = u32;\nread: func(what: borrow<id>);'),
    fix: 'Pass the type itself, or make it a resource.',
  },
  WIT0044: {
    meaning: 'A borrowed handle ends with the call it was lent for, so it cannot be returned.',
    example: inInterface('resource file;\nopen: func() -> borrow<file>;'),
    fix: 'Return the resource itself: `-> file` gives the caller a handle of its own.',
  },
  WIT0045: {
    meaning: 'A constructor returns its resource, or a result whose ok type is the resource.',
    example: inInterface('resource file {\n  constructor() -> u32;\n}'),
    fix: 'Leave the result out, or write `-> result<file, …>`.',
  },
  WIT0046: {
    meaning:
      'A getter takes nothing and returns a value; a setter takes one value and returns nothing or `result<_, …>`.',
    example: inInterface('level: get();'),
    fix: 'Correct the signature, or write an ordinary `func`.',
  },
  WIT0047: {
    meaning: 'Something that can be set can also be read: a setter stands beside a getter of the same name.',
    example: inInterface('level: set(value: u8);'),
    fix: 'Add the getter: `level: get() -> u8;`.',
  },
  WIT0050: {
    meaning: 'A world imports, or exports, one interface twice.',
    example: inWorld('import log;\nimport log;', 'interface log {}'),
    fix: 'Remove one of them.',
  },
  WIT0051: {
    meaning:
      '`include … with { a as b }` renames something that the included world does not have, or that has no plain name.',
    example: inWorld('include other with { run as start }', 'world other {}'),
    fix: 'Correct the name. Interfaces with a full name, like `ns:pkg/iface`, cannot be renamed.',
  },
  WIT0052: {
    meaning: 'An included world brings a function or interface whose name the world has already.',
    example: inWorld('import run: func();\ninclude other;', 'world other {\n  import run: func();\n}'),
    fix: 'Rename it: `include other with { run as run-other }`.',
  },
  WIT0053: {
    meaning:
      'A world exports an interface, and something else that it exports needs the types of the same interface from an import; it cannot be both.',
    example: inWorld(
      'export base;\nexport top;',
      `interface base { type t = u8; }\ninterface middle { use base.{t}; }\ninterface top { use base.{t}; use middle.{t as u}; }`,
    ),
    fix: 'Export the interfaces in between as well.',
  },
  WIT0060: {
    meaning: '`@since` names a version that the package does not have yet, or the package has no version at all.',
    example: inInterface('@since(version = 1.0.0)\nrun: func();'),
    fix: 'Give the package a version that is not older: `package my:example@1.0.0;`.',
  },
  WIT0061: {
    meaning:
      'Something that is in refers to something behind `@unstable(feature = …)`, which is out as long as the feature is off.',
    example: inInterface('@unstable(feature = colors)\ntype color = u32;\npaint: func(what: color);'),
    fix: 'Put what refers to it behind the same feature, or turn it on with `--features colors`.',
  },
}
