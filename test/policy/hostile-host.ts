/** What the hostile guest is given; calls are counted. */
export class HostileHost {
  pings = 0
  readonly written: string[] = []
  readonly ping = (): void => void this.pings++
  /** Blocks the thread, as a slow function of the host does. */
  readonly sleep = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  readonly write = (text: string): void => void this.written.push(text)
}

/** The same for workers, which load this module. */
export default (): object => ({ 'test:hostile/host': new HostileHost() })
