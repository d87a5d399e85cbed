import { HandleTable } from '../../src/runtime/abi/handles.ts'

/**
 * Watches the core instances that are made, and the handles that guests are given, until it is ended: the runtime shows neither
 * to its users.
 */
export class Watch {
  readonly #memories = new Set<WebAssembly.Memory>()
  readonly #tables = new Set<HandleTable>()
  /** How many handles guests have been given. */
  given = 0
  readonly #end: () => void

  constructor() {
    const { Instance } = WebAssembly
    const { add } = HandleTable.prototype
    const [memories, tables] = [this.#memories, this.#tables]
    const count = (): number => this.given++
    WebAssembly.Instance = class extends Instance {
      constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
        super(module, imports)
        for (const item of Object.values(this.exports)) if (item instanceof WebAssembly.Memory) memories.add(item)
      }
    }
    HandleTable.prototype.add = function (...args): number {
      tables.add(this)
      count()
      return add.apply(this, args)
    }
    this.#end = () => {
      WebAssembly.Instance = Instance
      HandleTable.prototype.add = add
    }
  }

  /** How many handles guests hold at the moment. */
  get handles(): number {
    return [...this.#tables].reduce((sum, { size }) => sum + size, 0)
  }

  /** The size of all memories in bytes. */
  get memory(): number {
    return [...this.#memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0)
  }

  end(): void {
    this.#end()
  }
}
