import { stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { watch, type FSWatcher } from 'chokidar'

/** What is watched; paths as the user gave them. */
export interface Watched {
  /** WIT folders or files, components. */
  readonly inputs: readonly string[]
  /** Files that need not exist yet. */
  readonly configFiles: readonly string[]
}

/** What an input consists of: nothing that is generated ends like this. */
const INPUT_FILE = /\.(?:wit|wasm|wat)$/u

/** How deep an input's folder has files that count: `deps/package/file.wit`. */
const INPUT_DEPTH = 2

/** Tells of every file that counts and is changed, added or removed. */
export class FileWatcher {
  readonly #onChange: (path: string) => void
  #watchers: readonly FSWatcher[] = []
  #key = ''

  /** @param onChange gets a path relative to the working folder */
  constructor(onChange: (path: string) => void) {
    this.#onChange = onChange
  }

  /** Watches these files from now on, and no others; resolves when nothing can be missed any more. */
  async watch(watched: Watched): Promise<void> {
    const key = JSON.stringify(watched)
    if (key === this.#key) return
    await this.close()
    this.#key = key
    const files = new Set<string>(watched.configFiles.map((file) => resolve(file)))
    const folders: string[] = []
    for (const input of watched.inputs) {
      const isFile = INPUT_FILE.test(input) || (await stat(input).catch(() => undefined))?.isFile() === true
      if (isFile) files.add(resolve(input))
      else folders.push(resolve(input))
    }
    // A file is watched through its folder: editors and compilers replace files, and some are yet to come.
    const ofFiles = watch([...new Set([...files].map((file) => dirname(file)))], {
      depth: 0,
      ignoreInitial: true,
      ignored: (path, stats) => stats?.isFile() === true && !files.has(resolve(path)),
    })
    ofFiles.on('all', (_event, path) => files.has(resolve(path)) && this.#tell(path))
    const ofFolders = watch(folders, {
      depth: INPUT_DEPTH,
      ignoreInitial: true,
      ignored: (path, stats) => isBeside(path, folders) || (stats?.isFile() === true && !INPUT_FILE.test(path)),
    })
    ofFolders.on('all', (_event, path) => this.#tell(path))
    this.#watchers = [ofFiles, ofFolders]
    // One that has nothing to watch is never ready.
    const active = this.#watchers.filter((watcher) => watcher !== ofFolders || folders.length > 0)
    await Promise.all(active.map((watcher) => new Promise<void>((ready) => watcher.once('ready', ready))))
  }

  #tell(path: string): void {
    this.#onChange(relative('.', path).split(sep).join('/'))
  }

  async close(): Promise<void> {
    const watchers = this.#watchers
    this.#watchers = []
    this.#key = ''
    await Promise.all(watchers.map((watcher) => watcher.close()))
  }
}

/** Of an input's folder, only its files and what is below `deps` count. */
function isBeside(path: string, folders: readonly string[]): boolean {
  const folder = folders.find((root) => path.startsWith(join(root, sep)))
  if (folder === undefined) return false
  const [first = '', ...rest] = relative(folder, path).split(sep)
  return rest.length > 0 ? first !== 'deps' : first === 'node_modules' || basename(first).startsWith('.')
}
