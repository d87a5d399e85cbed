import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { LanguageServer, Place } from './language-server.ts'
import { ServerProcess, type Message } from './server-process.ts'

interface DisplayPart {
  readonly text: string
}
interface Documented {
  readonly displayParts: readonly DisplayPart[]
  readonly documentation: readonly DisplayPart[]
  readonly tags: readonly { readonly name: string; readonly text?: string | readonly DisplayPart[] }[]
}

const joined = (parts: string | readonly DisplayPart[] = ''): string =>
  typeof parts === 'string' ? parts : parts.map((part) => part.text).join('')

function shown({ displayParts, documentation, tags }: Documented): string {
  const tagLines = tags.map((tag) => `@${tag.name} ${joined(tag.text)}`)
  return [joined(displayParts), joined(documentation), ...tagLines].join('\n')
}

/** The server of TypeScript 5.9, which most editors use: JSON lines in, framed JSON out. */
export class TsServer implements LanguageServer {
  readonly #process: ServerProcess
  readonly #waiting = new Map<number, (message: Message) => void>()
  #count = 0

  /** @param files the open ones */
  constructor(folder: string, files: readonly string[]) {
    const program = createRequire(import.meta.url).resolve('typescript-5.9/lib/tsserver.js')
    const args = ['--disableAutomaticTypingAcquisition', '--suppressDiagnosticEvents']
    this.#process = new ServerProcess([process.execPath, program, ...args], folder, (message) => {
      if (message['type'] === 'response') this.#waiting.get(Number(message['request_seq']))?.(message)
    })
    for (const file of files) this.#send('open', { file, fileContent: readFileSync(file, 'utf8') })
  }

  async completions(at: Place): Promise<readonly string[]> {
    const { entries } = (await this.#ask('completionInfo', location(at))) as { entries: readonly { name: string }[] }
    return entries.map((entry) => entry.name)
  }

  async completionDetails(at: Place, name: string): Promise<string> {
    const [details] = (await this.#ask('completionEntryDetails', {
      ...location(at),
      entryNames: [name],
    })) as Documented[]
    return details === undefined ? '' : shown(details)
  }

  async hover(at: Place): Promise<string> {
    const info = (await this.#ask('quickinfo', location(at))) as {
      readonly displayString: string
      readonly documentation: string
      readonly tags: readonly { readonly name: string; readonly text?: string }[]
    }
    return [info.displayString, info.documentation, ...info.tags.map((t) => `@${t.name} ${t.text ?? ''}`)].join('\n')
  }

  async definition(at: Place): Promise<readonly Place[]> {
    const found = (await this.#ask('definition', location(at))) as readonly {
      readonly file: string
      readonly start: { readonly line: number; readonly offset: number }
    }[]
    return found.map(({ file, start }) => ({ file, line: start.line, column: start.offset }))
  }

  stop(): void {
    this.#process.stop()
  }

  #send(command: string, args: object): number {
    const seq = ++this.#count
    this.#process.write(`${JSON.stringify({ seq, type: 'request', command, arguments: args })}\n`)
    return seq
  }

  async #ask(command: string, args: object): Promise<unknown> {
    const answer = new Promise<Message>((resolve) => this.#waiting.set(this.#send(command, args), resolve))
    const message = await this.#process.patiently(answer, command)
    if (message['success'] !== true) throw new Error(`${command}: ${String(message['message'])}`)
    return message['body']
  }
}

function location({ file, line, column }: Place): object {
  return { file, line, offset: column }
}
