import { addHooks, type InstanceOptions, MetricsCollector, removeHooks } from '../../src/runtime/index.ts'

/** Who watches the calls of an instance. */
export type Watch = 'off' | 'taken off' | 'counts' | 'durations' | 'logger' | 'logger, counts'

/** What is given to the instance, and what is done to it before it is measured. */
interface Watching {
  /** Nanoseconds that one call may cost more than without anybody. */
  readonly atMost: number | undefined
  readonly options: () => Pick<InstanceOptions, 'hooks' | 'logger'>
  readonly after?: (instance: object) => void
}

const ignore = (): void => {}
const silent = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore, fatal: ignore }
const counts = (): MetricsCollector => new MetricsCollector({ durations: false })

/** Nobody; hooks that have been taken off again; counts; counts and durations; a log that numbers calls, in which nothing is said. */
export const WATCHES: Readonly<Record<Watch, Watching>> = {
  off: { atMost: undefined, options: () => ({}) },
  'taken off': {
    atMost: 0,
    options: () => ({}),
    after: (instance) => {
      const hooks = counts()
      addHooks(instance, hooks)
      removeHooks(instance, hooks)
    },
  },
  counts: { atMost: 5, options: () => ({ hooks: counts() }) },
  durations: { atMost: 120, options: () => ({ hooks: new MetricsCollector() }) },
  logger: { atMost: undefined, options: () => ({ logger: silent }) },
  'logger, counts': { atMost: undefined, options: () => ({ logger: silent, hooks: counts() }) },
}

/** An instance that is watched. */
export function watched<T extends object>(watch: Watch, make: (options: object) => T): T {
  const { options, after } = WATCHES[watch]
  const instance = make(options())
  after?.(instance)
  return instance
}
