import { liveInstances, type LiveInstance } from './live-instances.ts'
import { type LiveWorker, liveWorkers } from './live-workers.ts'
import type { Vitals } from './vitals.ts'

/** What is alive in this thread. All counts are 0 when everything has been disposed of. */
export interface LiveReport {
  /** The oldest first. */
  readonly instances: readonly LiveInstance[]
  readonly workers: readonly LiveWorker[]
  /** Handles that guests hold. */
  readonly handles: number
  /** Objects of guests' resources that the host has not disposed of. */
  readonly resources: number
  readonly memories: number
  readonly memoryBytes: number
  /** How many instances were collected without having been disposed of, as far as the collector has come. */
  readonly forgotten: number
  /** All of it as a table. */
  toString(): string
}

/**
 * What is alive in this thread: instances, the handles and memories that they hold, worker threads. Looking costs time in
 * proportion to what there is; calls cost nothing more for it.
 *
 * ```ts
 * console.log(String(liveReport()))
 * ```
 */
export function liveReport(): LiveReport {
  const instances = liveInstances.live().map(describeInstance)
  return new Report(instances, liveWorkers(), liveInstances.forgotten)
}

class Report implements LiveReport {
  readonly instances: readonly LiveInstance[]
  readonly workers: readonly LiveWorker[]
  readonly handles: number
  readonly resources: number
  readonly memories: number
  readonly memoryBytes: number
  readonly forgotten: number

  constructor(instances: readonly LiveInstance[], workers: readonly LiveWorker[], forgotten: number) {
    this.instances = instances
    this.workers = workers
    this.handles = sum(instances, (instance) => instance.handles)
    this.resources = sum(instances, (instance) => sum(Object.values(instance.resources), (n) => n))
    this.memories = sum(instances, (instance) => instance.memories)
    this.memoryBytes = sum(instances, (instance) => instance.memoryBytes)
    this.forgotten = forgotten
  }

  toString(): string {
    const { instances, workers, handles, resources, memories, memoryBytes, forgotten } = this
    const total = [
      count(instances.length, 'instance'),
      count(handles, 'handle'),
      count(resources, 'resource'),
      `${count(memories, 'memory', 'memories')} (${kibibytes(memoryBytes)})`,
      count(workers.length, 'worker'),
    ]
    if (forgotten > 0) total.push(`${count(forgotten, 'instance')} forgotten without dispose`)
    return [total.join(', '), ...instances.map(instanceLine), ...workers.map(workerLine)].join('\n')
  }
}

function describeInstance({ name, handles, resources, memories }: Vitals): LiveInstance {
  const held: Record<string, number> = {}
  for (const { name, live } of resources) if (live > 0) held[name] = (held[name] ?? 0) + live
  return {
    name,
    handles: sum(handles, (table) => table.handles),
    resources: held,
    memories: memories.length,
    memoryBytes: sum(memories, (memory) => memory.bytes),
  }
}

function instanceLine({ name, handles, resources, memories, memoryBytes }: LiveInstance): string {
  const held = Object.entries(resources).map(([type, n]) => `, ${n} × ${type}`)
  const memory = `${count(memories, 'memory', 'memories')} (${kibibytes(memoryBytes)})`
  return `  instance ${name}: ${count(handles, 'handle')}, ${memory}${held.join('')}`
}

function workerLine({ name, state }: LiveWorker): string {
  return `  worker ${name}: ${state}`
}

function count(n: number, one: string, many: string = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

function kibibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
