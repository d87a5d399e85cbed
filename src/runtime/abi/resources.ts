import type { Context } from '../context.ts'
import { RUNNING } from '../context.ts'
import { poison, trap } from './calls.ts'
import type { GuestResource } from './guest-resource.ts'
import { HostResource } from './host-resource.ts'
import type { Path } from './path.ts'
import { WasmError } from '../errors.ts'

/** A resource type of an instance, whoever implements it. */
export type AnyResource = GuestResource | HostResource

/** Something that a call has lent or passed on: how to end it, and how to take it back when the call does not begin. */
export interface HandleUse {
  end?(): void
  undo?(): void
}

let slots = 0

/**
 * A place in every instance's `resources` for one resource type as one interface sees it. Generated modules claim theirs
 * when they are loaded.
 */
export function resourceSlot(): number {
  return slots++
}

/** A handle that the guest passes on, to the object it stands for. Spec: `lift_own`. */
export function liftOwn(cx: Context, slot: number, index: number): object {
  return resource(cx, slot).liftOwn(cx, index)
}
/** A handle that the guest lends, to the object it stands for. Spec: `lift_borrow`. */
export function liftBorrow(cx: Context, slot: number, index: number): object {
  return resource(cx, slot).liftBorrow(cx, index)
}
/** An object that is passed on to the guest, to its handle; throws `InvalidHandle` for what is not of the type. Spec: `lower_own`. */
export function lowerOwn(cx: Context, slot: number, path: Path, value: unknown): number {
  return resource(cx, slot).lowerOwn(cx, path, value)
}
/** An object that is lent to the guest, to its handle; throws `InvalidHandle` for what is not of the type. Spec: `lower_borrow`. */
export function lowerBorrow(cx: Context, slot: number, path: Path, value: unknown): number {
  return resource(cx, slot).lowerBorrow(cx, path, value)
}

function resource(cx: Context, slot: number): AnyResource {
  const type = cx.resources[slot]
  if (type === undefined) throw new TypeError('the instance lacks a resource type of its world')
  return type
}

/**
 * Ends what an export call has lent, after the guest has returned.
 * Spec: `canon_lift`, `trap_if(task.num_borrows > 0)`.
 */
export function endHandles(cx: Context): void {
  cx.self = 0
  if (cx.scope.length > 0) endUses(cx)
}

function endUses(cx: Context): void {
  if (cx.borrows !== 0) trap(cx, 'AbiViolation', 'the guest has kept a handle that it was only lent')
  endScope(cx, 0)
}

/** Ends what has been lent since the scope had `mark` entries: for imports, which run inside an export call. */
export function endScope(cx: Context, mark: number): void {
  while (cx.scope.length > mark) endUse(cx, cx.scope.pop())
}

function endUse(cx: Context, use: HandleUse | number | undefined): void {
  if (typeof use === 'number') cx.handles.lend(use, -1)
  else use?.end?.()
}

/** A call has failed before it began: what it has passed on goes back, what it has lent is free. */
export function undoScope(cx: Context): void {
  for (let use = cx.scope.pop(); use !== undefined; use = cx.scope.pop()) {
    if (typeof use !== 'number') use.undo?.()
    endUse(cx, use)
  }
}

/** Spec: `canon_resource_new`. */
export function resourceNew(cx: Context, type: AnyResource, rep: number): number {
  if (cx.state !== RUNNING) mayNotLeave(cx, `[resource-new] of ${type.name}`)
  return cx.handles.add(cx, type, rep >>> 0, 0)
}

/** Spec: `canon_resource_rep`. */
export function resourceRep(cx: Context, type: AnyResource, index: number): number {
  return cx.handles.rep(cx, type, index >>> 0)
}

/** Spec: `canon_resource_drop`. */
export function resourceDrop(cx: Context, type: AnyResource, index: number): void {
  if (cx.state !== RUNNING) mayNotLeave(cx, `[resource-drop] of ${type.name}`)
  const isBorrow = cx.handles.isBorrow(index >>> 0)
  const rep = cx.handles.remove(cx, type, index >>> 0)
  if (isBorrow) return type.release(cx, rep)
  try {
    type.drop(cx, rep)
  } catch (error) {
    if (cx.cause !== undefined && error === cx.cause) throw error
    if (!(type instanceof HostResource)) throw error
    const text = error instanceof Error ? error.message : 'dispose threw'
    throw poison(cx, undefined, new WasmError('HostError', cx.module, undefined, text, { cause: error }))
  }
}

function mayNotLeave(cx: Context, what: string): never {
  trap(cx, 'AbiViolation', `the guest called ${what} while realloc or post-return ran`)
}
