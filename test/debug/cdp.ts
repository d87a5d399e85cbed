// A debugger: what the tests need of the Chrome DevTools Protocol.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

type Json = Readonly<Record<string, unknown>>

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Json
  readonly result?: Json
  readonly error?: { readonly message: string }
}

/** A script as `Debugger.scriptParsed` tells of it. */
export interface Script {
  readonly scriptId: string
  readonly url: string
  readonly scriptLanguage?: string
}

/** A stop, with the innermost frame. */
export interface Paused {
  readonly functionName: string
  readonly scriptId: string
  /** In a module: the byte offset. */
  readonly columnNumber: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A connection to an inspector. */
export class Debugger {
  readonly scripts: Script[] = []
  readonly #socket: WebSocket
  readonly #replies: Map<number, (message: Message) => void> = new Map()
  readonly #stops: Paused[] = []
  #onStop: (() => void) | undefined
  #id = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(String(data)) as Message))
  }

  static async attach(url: string): Promise<Debugger> {
    const socket = new WebSocket(url)
    await once(socket, 'open')
    const client = new Debugger(socket)
    await client.send('Runtime.enable')
    await client.send('Debugger.enable')
    return client
  }

  /** @throws Error where the debuggee refuses */
  send(method: string, params: Json = {}): Promise<Json> {
    const id = ++this.#id
    return new Promise((resolve, reject) => {
      this.#replies.set(id, ({ error, result }) => {
        if (error === undefined) resolve(result ?? {})
        else reject(new Error(`${method}: ${error.message}`))
      })
      this.#socket.send(JSON.stringify({ id, method, params }))
    })
  }

  /** The next stop that nobody has asked for yet. */
  async paused(): Promise<Paused> {
    while (this.#stops.length === 0) await new Promise<void>((resolve) => (this.#onStop = resolve))
    const [stop] = this.#stops.splice(0, 1)
    if (stop === undefined) throw new Error('no stop')
    return stop
  }

  close(): void {
    this.#socket.close()
  }

  #take({ id, method, params, ...reply }: Message): void {
    if (id !== undefined) this.#replies.get(id)?.(reply)
    else if (method === 'Debugger.scriptParsed') this.scripts.push(params as unknown as Script)
    else if (method === 'Debugger.paused') {
      const [frame] = (params as unknown as { callFrames: { functionName: string; location: Paused }[] }).callFrames
      if (frame !== undefined) this.#stops.push({ ...frame.location, functionName: frame.functionName })
      this.#onStop?.()
    }
  }
}

interface Start {
  readonly cwd?: string
  /** The Node that runs it; the one that runs the tests where none is given. */
  readonly executable?: string
  readonly program?: string
  /** Options of Node. */
  readonly node?: readonly string[]
}

/** A command of witgen in a process of its own. */
export class Command {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''
  readonly ended: Promise<number | NodeJS.Signals | null>

  constructor(args: readonly string[], start: Start = {}) {
    const { cwd = root, executable = process.execPath, program = join(root, 'src/cli/main.ts'), node = [] } = start
    this.child = spawn(executable, [...node, '--conditions=witgen-source', program, ...args], { cwd })
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()))
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    this.ended = once(this.child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null)
  }

  /** Resolves with the first match in what goes to stderr; rejects when the command ends without. */
  async said(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.stderr)?.[1]
      if (found !== undefined) return found
      const ended = await Promise.race([
        once(this.child.stderr ?? this.child, 'data').then(() => false),
        this.ended.then(() => true),
      ])
      if (ended && !pattern.test(this.stderr)) throw new Error(`ended without ${pattern}:\n${this.stderr}`)
    }
  }
}
