import { statSync } from 'node:fs'
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
  readonly #onError: (error: unknown) => void
  #watchers: FSWatcher[] = []
  #key = ''

  /**
   * @param onChange gets a path relative to the working folder
   * @param onError gets what keeps files from being watched, such as the system's limit
   */
  constructor(onChange: (path: string) => void, onError: (error: unknown) => void) {
    this.#onChange = onChange
    this.#onError = onError
  }

  /** Watches these files from now on, and no others; resolves when nothing can be missed any more. */
  async watch(watched: Watched): Promise<void> {
    const files = new Set<string>(watched.configFiles.map((file) => resolve(file)))
    const inputFolders: string[] = []
    for (const input of watched.inputs.map((path) => resolve(path))) {
      if (INPUT_FILE.test(input) || kindOf(input) === 'file') files.add(input)
      else inputFolders.push(input)
    }
    // A file is watched through its folder: editors and compilers replace files, and some are yet to come.
    const fileFolders = [...new Set([...files].map((file) => dirname(file)))]
    const absent = [...fileFolders, ...inputFolders].filter((folder) => kindOf(folder) === undefined)
    const key = JSON.stringify([...files, '', ...inputFolders, '', ...absent])
    if (key === this.#key) return
    await this.close()
    this.#key = key
    await Promise.all([
      this.#open(
        fileFolders,
        0,
        (path, isFile) => isFile && !files.has(path),
        (path) => files.has(path),
      ),
      this.#open(
        inputFolders,
        INPUT_DEPTH,
        (path, isFile) => isBeside(path, inputFolders) || (isFile && !INPUT_FILE.test(path)),
        () => true,
      ),
      // What is not there is waited for in the folder that will hold it.
      this.#open(
        absent.map(nearestFolder),
        0,
        (_path, isFile) => isFile,
        (path) => absent.some((folder) => `${folder}${sep}`.startsWith(`${path}${sep}`)),
      ),
    ])
  }

  /** Watches some folders; resolves when the watcher is ready. One that has nothing to watch never is. */
  async #open(
    folders: readonly string[],
    depth: number,
    ignored: (path: string, isFile: boolean) => boolean,
    counts: (path: string) => boolean,
  ): Promise<void> {
    const there = folders.filter((folder) => kindOf(folder) === 'folder')
    if (there.length === 0) return
    const options = { depth, ignoreInitial: true }
    const watcher = watch([...new Set(there)], {
      ...options,
      ignored: (path, stats) => ignored(resolve(path), stats?.isFile() === true),
    })
    this.#watchers.push(watcher)
    watcher.on('all', (_event, path) => {
      if (counts(resolve(path))) this.#tell(path)
    })
    watcher.on('error', this.#onError)
    await new Promise<void>((ready) => watcher.once('ready', ready))
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

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isFile() ? 'file' : 'folder'
  } catch {
    return undefined
  }
}

/** The innermost folder around a path that is there. */
function nearestFolder(path: string): string {
  const parent = dirname(path)
  return parent === path || kindOf(parent) === 'folder' ? parent : nearestFolder(parent)
}
