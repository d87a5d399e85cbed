import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { rolldown, type Plugin } from 'rolldown'

/**
 * Puts the compiled command and what it needs for generating into few files: Node takes longer to find and read a hundred
 * modules than a run takes in which nothing has changed. The code stays readable, for the stacks that `--debug` prints.
 *
 * @param outDir where the compiled modules are; its folder `cli` is replaced, all else stays
 */
export async function bundleCli(outDir: string): Promise<void> {
  const cli = join(outDir, 'cli')
  const bundle = await rolldown({
    input: { main: join(cli, 'main.js') },
    platform: 'node',
    preserveEntrySignatures: false,
    external: isOutside,
    plugins: [keepPlaces(cli)],
    onLog: (level, log) => {
      // What is loaded late where that helps is loaded early by what needs it anyway.
      if (level === 'warn' && log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') throw new Error(log.message)
    },
  })
  const groups = Object.entries(TOGETHER).map(([name, test]) => ({ name, test }))
  const { output } = await bundle.generate({
    format: 'esm',
    dir: cli,
    chunkFileNames: '[name].js',
    codeSplitting: { groups, includeDependenciesRecursively: false },
  })
  await bundle.close()
  rmSync(cli, { recursive: true })
  mkdirSync(cli)
  for (const file of output) writeFileSync(join(cli, file.fileName), file.type === 'chunk' ? file.code : file.source)
}

/** What a run needs together is one file: what every run does, and what one does for which something has changed. */
const TOGETHER: Readonly<Record<string, RegExp>> = {
  start:
    /[/\\](?:cli[/\\](?:run|plain-generate|start-generate|options|commands|usage-error|exit-code|io|report-failure|report-generate|interrupt)|config[/\\](?:load-config|merge|settings|problems|config)|diagnostics[/\\](?:suggest|format|system-error|in-the-way)|ir[/\\](?:compare|distance)|generate|version|fresh[/\\][\w-]+|render[/\\](?:manifest|file-text)|lock[/\\]lock-path|wit[/\\]wit-files)\.js$/u,
  pipeline:
    /[/\\](?:pipeline|(?:wit|ir|abi|component|input|lock|plan|render)[/\\](?!emit-javascript|declared-names)[\w-]+)\.js$/u,
}

/**
 * What is imported as it is: packages, Node's modules, and the modules of this package that have to be the same ones for all
 * that uses them. Those are the commands that run guests, with the runtime behind them, whose errors are told by their
 * class, and the class of diagnostics.
 */
function isOutside(id: string): boolean {
  const isPackage = !/^(?:\.|\/|[A-Za-z]:[\\/])/u.test(id)
  return isPackage || /[/\\](?:(?:call|run|validate|debug)[/\\][\w-]+|diagnostics[/\\]diagnostic)\.js$/u.test(id)
}

/** Modules that look for files beside them find them from where they are bundled to. */
function keepPlaces(folder: string): Plugin {
  return {
    name: 'keep-places',
    transform(code, id) {
      if (!code.includes('import.meta.url')) return null
      const path = relative(folder, id).replaceAll('\\', '/')
      const place = JSON.stringify(path.startsWith('.') ? path : `./${path}`)
      return { code: code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`), map: null }
    },
  }
}
