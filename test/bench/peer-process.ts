import { fork, type ChildProcess } from 'node:child_process'
import type { Answer, Question } from './peer.ts'
import type { Effort } from './measure.ts'
import type { PeerName } from './peers.ts'
import type { Prepared } from './prepare.ts'
import type { Watch } from './watch.ts'

/** A process of its own for one peer, which measures when it is asked to and sleeps otherwise. */
export class PeerProcess {
  readonly peer: PeerName
  readonly #child: ChildProcess

  private constructor(peer: PeerName, child: ChildProcess) {
    this.peer = peer
    this.#child = child
  }

  /**
   * @param node the Node to run it on
   * @param watch who watches the calls
   * @throws Error when the bindings cannot be loaded
   */
  static async start(peer: PeerName, prepared: Prepared, node: string, watch: Watch = 'off'): Promise<PeerProcess> {
    const child = fork(prepared.program, { execPath: node, execArgv: [] })
    const started = new PeerProcess(peer, child)
    await started.#ask({ kind: 'load', peer, files: prepared.files, watch })
    return started
  }

  /** Runs every case once. Gives what is wrong with the answers, one line each. */
  async verify(): Promise<readonly string[]> {
    const answer = await this.#ask({ kind: 'verify' })
    return answer.kind === 'wrong' ? answer.problems : []
  }

  /** Nanoseconds of one call of the case. */
  measure(name: string, effort: Effort): Promise<number> {
    return this.#time({ kind: 'measure', name, effort })
  }

  /** Nanoseconds of one call, made to instances of `guests` in turn. */
  measureMany(call: string, guests: readonly number[], effort: Effort): Promise<number> {
    return this.#time({ kind: 'many', call, guests, effort })
  }

  stop(): void {
    this.#child.disconnect()
  }

  async #time(question: Question): Promise<number> {
    const answer = await this.#ask(question)
    return answer.kind === 'time' ? answer.nanoseconds : Number.NaN
  }

  #ask(question: Question): Promise<Answer> {
    const child = this.#child
    return new Promise((resolve, reject) => {
      const done = (): void => {
        child.off('message', onMessage)
        child.off('exit', onExit)
      }
      const onMessage = (answer: Answer): void => {
        done()
        if (answer.kind === 'failed') reject(new Error(`${this.peer}: ${answer.message}`))
        else resolve(answer)
      }
      const onExit = (code: number | null): void => {
        done()
        reject(new Error(`${this.peer}: the process has ended with ${String(code)}`))
      }
      child.on('message', onMessage)
      child.on('exit', onExit)
      child.send(question)
    })
  }
}
