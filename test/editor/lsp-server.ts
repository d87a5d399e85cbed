import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { LanguageServer, Place } from './language-server.ts'
import { ServerProcess, type Message } from './server-process.ts'

interface LspPosition {
  readonly line: number
  readonly character: number
}
interface LspItem {
  readonly label: string
  readonly detail?: string
  readonly documentation?: string | { readonly value: string }
}

/** The server of TypeScript 7: the Language Server Protocol. */
export class LspServer implements LanguageServer {
  readonly #process: ServerProcess
  readonly #waiting = new Map<number, (message: Message) => void>()
  readonly #ready: Promise<void>
  #count = 0

  /** @param files the open ones */
  constructor(folder: string, files: readonly string[]) {
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
    this.#process = new ServerProcess([process.execPath, tsc, '--lsp', '--stdio'], folder, (message) => {
      const { id, method } = message
      // The server asks the editor, too: for its settings, and to watch files.
      if (method === 'workspace/configuration') this.#send({ id, result: [null, null, null, null] })
      else if (method !== undefined && id !== undefined) this.#send({ id, result: null })
      else if (typeof id === 'number') this.#waiting.get(id)?.(message)
    })
    this.#ready = this.#open(folder, files)
  }

  async completions(at: Place): Promise<readonly string[]> {
    return (await this.#items(at)).map((item) => item.label)
  }

  async completionDetails(at: Place, name: string): Promise<string> {
    const item = (await this.#items(at)).find(({ label }) => label === name)
    const resolved = (await this.#ask('completionItem/resolve', item ?? {})) as LspItem
    return `${resolved.detail ?? ''}\n${contents(resolved.documentation)}`
  }

  async hover(at: Place): Promise<string> {
    const found = (await this.#ask('textDocument/hover', location(at))) as {
      readonly contents: LspItem['documentation']
    }
    return contents(found.contents)
  }

  async definition(at: Place): Promise<readonly Place[]> {
    const found = (await this.#ask('textDocument/definition', location(at))) as readonly {
      readonly uri?: string
      readonly targetUri?: string
      readonly range?: { readonly start: LspPosition }
      readonly targetSelectionRange?: { readonly start: LspPosition }
    }[]
    return found.map((each) => {
      const start = each.targetSelectionRange?.start ?? each.range?.start ?? { line: -1, character: -1 }
      const file = fileURLToPath(each.targetUri ?? each.uri ?? '')
      return { file, line: start.line + 1, column: start.character + 1 }
    })
  }

  stop(): void {
    this.#process.stop()
  }

  async #open(folder: string, files: readonly string[]): Promise<void> {
    const completionItem = {
      documentationFormat: ['markdown'],
      resolveSupport: { properties: ['documentation', 'detail'] },
    }
    await this.#request('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities: { textDocument: { completion: { completionItem }, hover: { contentFormat: ['markdown'] } } },
    })
    this.#send({ method: 'initialized', params: {} })
    for (const file of files) {
      const document = {
        uri: pathToFileURL(file).href,
        languageId: 'typescript',
        version: 1,
        text: readFileSync(file, 'utf8'),
      }
      this.#send({ method: 'textDocument/didOpen', params: { textDocument: document } })
    }
  }

  async #items(at: Place): Promise<readonly LspItem[]> {
    const found = (await this.#ask('textDocument/completion', location(at))) as
      readonly LspItem[] | { readonly items: readonly LspItem[] }
    return 'items' in found ? found.items : found
  }

  async #ask(method: string, params: object): Promise<unknown> {
    await this.#ready
    return this.#request(method, params)
  }

  async #request(method: string, params: object): Promise<unknown> {
    const id = ++this.#count
    const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve))
    this.#send({ id, method, params })
    const message = await this.#process.patiently(answer, method)
    if (message['error'] !== undefined) throw new Error(`${method}: ${JSON.stringify(message['error'])}`)
    return message['result']
  }

  #send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#process.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  }
}

function contents(text: LspItem['documentation']): string {
  return typeof text === 'string' ? text : (text?.value ?? '')
}

function location({ file, line, column }: Place): object {
  return { textDocument: { uri: pathToFileURL(file).href }, position: { line: line - 1, character: column - 1 } }
}
