/// <reference lib="esnext.disposable" preserve="true" />
import type { Instance } from '../instance.ts'
import type { LinkProgram } from '../link-program.ts'
import { splitVersion } from '../versions.ts'

/** An export: an interface with its members, a function, or a class. */
export interface DynamicExport {
  (...args: unknown[]): unknown
  new (...args: unknown[]): DynamicObject
  readonly [member: string]: DynamicExport
}

/** An object of a resource that lives in the component. */
export interface DynamicObject {
  readonly [method: string]: (...args: unknown[]) => unknown
  [Symbol.dispose](): void
}

/**
 * What a component exports: interfaces under `ns:pkg/iface@version`, and under `ns:pkg/iface` when there is only one
 * version; functions and classes outside of interfaces under their names in camelCase and PascalCase.
 */
export interface DynamicExports {
  readonly [name: string]: DynamicExport
}

/** An instance of a component, without generated code. */
export class ComponentInstance<E extends object = DynamicExports> {
  /** What the component exports, by name; an interface under `ns:pkg/iface@version` and, if it is the only version, without. */
  readonly exports: E
  readonly #instance: Instance

  /** Use `instantiate`. */
  constructor(program: LinkProgram, instance: Instance) {
    this.#instance = instance
    const exports: Record<string, unknown> = {}
    const ids = [...program.exports.keys()].map((face) => face.id)
    for (const face of program.exports.keys()) {
      const object = instance.bindDynamic(face)
      if (face.id === '') addRoot(exports, object)
      else {
        exports[face.id] = object
        const { base } = splitVersion(face.id)
        if (ids.filter((id) => splitVersion(id).base === base).length === 1) exports[base] = object
      }
    }
    this.exports = exports as E
    instance.attach(this)
  }

  /** The instance's name, as errors have it. */
  get name(): string {
    return this.#instance.name
  }

  /** Lets go of the component and its memory; every later call throws `Disposed`. */
  dispose(): void {
    this.#instance.dispose()
  }

  /** The same as `dispose()`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose()
  }

  /** The same as `dispose()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.dispose()
  }
}

/** Functions are reached through `object`, whose members hooks swap; classes are what they are. */
function addRoot(exports: Record<string, unknown>, object: Record<string, unknown>): void {
  for (const [member, value] of Object.entries(object)) {
    const isClass = typeof value === 'function' && Object.hasOwn(value, 'prototype')
    const call = (...args: unknown[]): unknown => (object[member] as (...args: unknown[]) => unknown)(...args)
    exports[member] = isClass ? value : call
  }
}
