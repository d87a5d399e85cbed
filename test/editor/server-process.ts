import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'

/** A message of a language server, of either protocol. */
export interface Message {
  readonly [key: string]: unknown
}

const PATIENCE_MS = 60_000

/** A language server on stdio that frames what it sends with `Content-Length`, as both protocols do. */
export class ServerProcess {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #onMessage: (message: Message) => void
  #buffer: Buffer = Buffer.alloc(0)
  #errors = ''

  constructor(command: readonly string[], cwd: string, onMessage: (message: Message) => void) {
    const [program = '', ...args] = command
    this.#child = spawn(program, args, { cwd })
    this.#onMessage = onMessage
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()))
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk])
      this.#read()
    })
  }

  write(text: string): void {
    this.#child.stdin.write(text)
  }

  stop(): void {
    this.#child.kill()
  }

  /** The answer, or an error that says what the server complained about. */
  async patiently<T>(answer: Promise<T>, question: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer to ${question}: ${this.#errors}`)), PATIENCE_MS)
    })
    try {
      return await Promise.race([answer, late])
    } finally {
      clearTimeout(timer)
    }
  }

  #read(): void {
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = Number(/Content-Length: (\d+)/iu.exec(this.#buffer.subarray(0, end).toString())?.[1])
      if (this.#buffer.length < end + 4 + length) return
      const body = this.#buffer.subarray(end + 4, end + 4 + length).toString()
      this.#buffer = this.#buffer.subarray(end + 4 + length)
      this.#onMessage(JSON.parse(body) as Message)
    }
  }
}
