import ts from 'typescript-5.9'

/** What a stage may import besides itself. */
interface Stage {
  /** Stages, which are folders or files of `src`. */
  readonly stages: readonly string[]
  /** Packages by name. */
  readonly packages: readonly string[]
  /** Whether it may import Node's modules. */
  readonly node: boolean
}

const pure = { packages: [], node: false } as const

/** The stages in the order of the pipeline: each imports only stages before it. What ships to users imports nothing else. */
export const stages: Readonly<Record<string, Stage>> = {
  ir: { ...pure, stages: [] },
  diagnostics: { stages: ['ir'], packages: ['@babel/code-frame'], node: false },
  wit: { stages: ['ir', 'diagnostics'], packages: [], node: true },
  abi: { ...pure, stages: ['ir'] },
  component: { ...pure, stages: ['ir', 'abi'] },
  dwarf: { ...pure, stages: ['component'] },
  input: { stages: ['ir', 'diagnostics', 'wit', 'component'], packages: [], node: true },
  lock: { stages: ['ir', 'diagnostics'], packages: [], node: true },
  inspect: { stages: ['ir', 'diagnostics', 'wit', 'input'], packages: [], node: false },
  plan: { ...pure, stages: ['ir', 'diagnostics', 'wit', 'component', 'abi'] },
  render: {
    stages: ['ir', 'diagnostics', 'plan'],
    packages: ['handlebars', 'prettier', 'ts-morph', '@jridgewell/gen-mapping'],
    node: true,
  },
  config: { stages: ['ir', 'diagnostics', 'wit'], packages: ['lilconfig', 'ts-morph'], node: true },
  version: { stages: [], packages: [], node: true },
  fresh: { stages: ['config', 'lock', 'render', 'wit'], packages: [], node: true },
  pipeline: {
    stages: ['ir', 'diagnostics', 'config', 'input', 'lock', 'plan', 'render', 'version', 'fresh'],
    packages: [],
    node: true,
  },
  generate: { stages: ['diagnostics', 'config', 'fresh', 'version', 'pipeline'], packages: [], node: false },
  init: { stages: ['ir', 'diagnostics', 'config'], packages: ['ts-morph'], node: true },
  watch: { stages: [], packages: ['chokidar'], node: true },
  scaffold: {
    stages: ['ir', 'diagnostics', 'wit', 'input', 'plan', 'render'],
    packages: ['ts-morph'],
    node: true,
  },
  validate: {
    stages: ['ir', 'diagnostics', 'wit', 'input', 'plan', 'runtime'],
    packages: [],
    node: false,
  },
  wave: { ...pure, stages: ['ir'] },
  run: {
    stages: ['ir', 'diagnostics', 'wit', 'component', 'input', 'runtime', 'runtime/dynamic'],
    packages: [],
    node: true,
  },
  call: {
    stages: ['ir', 'diagnostics', 'wit', 'component', 'input', 'dwarf', 'runtime', 'runtime/dynamic', 'wave', 'run'],
    packages: [],
    node: true,
  },
  debug: { stages: ['ir', 'diagnostics', 'config', 'dwarf'], packages: ['ts-morph'], node: true },
  explain: { ...pure, stages: ['ir', 'diagnostics', 'runtime'] },
  cli: {
    stages: [
      'ir',
      'diagnostics',
      'explain',
      'inspect',
      'scaffold',
      'validate',
      'call',
      'debug',
      'run',
      'config',
      'init',
      'watch',
      'generate',
    ],
    packages: ['yargs', 'picocolors'],
    node: true,
  },
  runtime: { ...pure, stages: ['ir', 'component', 'dwarf', 'runtime/dynamic'] },
  // Layouts are computed when code is generated; what works without generated code computes them when it runs.
  'runtime/dynamic': { ...pure, stages: ['ir', 'component', 'abi', 'runtime'] },
  otel: { stages: ['ir', 'component', 'runtime'], packages: ['@opentelemetry/api'], node: false },
  prometheus: { ...pure, stages: ['runtime'] },
  host: { stages: ['ir', 'component', 'runtime'], packages: [], node: true },
  index: { stages: ['ir', 'diagnostics', 'config', 'pipeline', 'generate'], packages: [], node: false },
}

/** `src/wit/lexer.ts` → `wit`, `src/pipeline.ts` → `pipeline`; the dynamic codec is a stage of its own. */
export function stageOf(file: string): string {
  if (file.startsWith('src/runtime/dynamic/')) return 'runtime/dynamic'
  return /^src\/([^/.]+)/.exec(file)?.[1] ?? ''
}

/** The module specifiers of a file: static and dynamic imports, re-exports, types too. */
function specifiers(text: string): readonly string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName)
}

/**
 * Says which imports of a file are against the order of the stages.
 *
 * @param file path from the root of the repository, with `/`
 */
export function checkImports(file: string, text: string): readonly string[] {
  const name = stageOf(file)
  const stage = stages[name]
  if (stage === undefined) return [`${file}: \`${name}\` is no stage: give it a place in test/architecture/stages.ts`]
  return specifiers(text)
    .filter((specifier) => !mayImport(name, stage, file, specifier))
    .map((specifier) => `${file}: \`${name}\` must not import '${specifier}'`)
}

function mayImport(name: string, stage: Stage, file: string, specifier: string): boolean {
  if (specifier.startsWith('node:')) return stage.node
  if (specifier.startsWith('.')) {
    const target = new URL(specifier, `file:///${file}`).pathname.slice(1)
    return target.startsWith('src/') && [name, ...stage.stages].includes(stageOf(target))
  }
  return stage.packages.some((allowed) => specifier === allowed || specifier.startsWith(`${allowed}/`))
}
