import { coreDef } from './alias.ts'
import { readCoreValueType } from './core-types.ts'
import type { Open, TypeItem } from './entities.ts'
import { makeFunc } from './externs.ts'
import type { CanonOptions, CoreDef } from './link-plan.ts'
import type { PlanBuilder } from './plan-builder.ts'
import type { Reader } from './reader.ts'
import type { Scope } from './scope.ts'
import { readResultList, TypeReader } from './value-types.ts'

/** `canon`: enters a function (for `lift`) or a core function (for all others) into `scope`. */
export function readCanon(plan: PlanBuilder, r: Reader, scope: Scope): void {
  const opcode = r.byte()
  if (opcode === 0x00) lift(r, scope)
  else scope.push({ sort: 'core func', def: coreFunction(plan, r, scope, opcode) })
}

function lift(r: Reader, scope: Scope): void {
  r.expect(0x00, 'the sort of core functions')
  const core = coreDef(r, scope, 'core func')
  const options = readOptions(r, scope)
  const at = r.pos
  const { item } = scope.read(r, 'type')
  if (item.kind !== 'func') return r.fail('CMP1006', `expected a function type, got a ${item.kind} type`, at)
  const type = makeFunc('', { kind: 'freestanding' }, item)
  scope.push({ sort: 'func', func: { kind: 'lift', core, options, type, componentInstance: scope.instance } })
}

function coreFunction(plan: PlanBuilder, r: Reader, scope: Scope, opcode: number): CoreDef {
  const componentInstance = scope.instance
  switch (opcode) {
    case 0x01: {
      r.expect(0x00, 'the sort of functions')
      const { func } = scope.read(r, 'func')
      return { kind: 'lower', function: func, options: readOptions(r, scope), componentInstance }
    }
    case 0x02:
      return { kind: 'resource-new', resource: resource(plan, r, scope), componentInstance }
    case 0x03:
      return { kind: 'resource-drop', resource: resource(plan, r, scope), componentInstance }
    case 0x04:
      return { kind: 'resource-rep', resource: resource(plan, r, scope), componentInstance }
    default:
      return unsupported(r, scope, opcode)
  }
}

function resource(plan: PlanBuilder, r: Reader, scope: Scope): ReturnType<typeof plan.resource> & {} {
  const at = r.pos
  const item: TypeItem = scope.read(r, 'type').item
  return plan.resource(item) ?? r.fail('CMP1006', `expected a resource, got a ${item.kind} type`, at)
}

const ENCODINGS = ['utf8', 'utf16', 'latin1+utf16'] as const

/** `opts`: the canonical options of a lift, a lower or a built-in. */
function readOptions(r: Reader, scope: Scope): CanonOptions {
  const options: Open<CanonOptions> = {
    stringEncoding: 'utf8',
    memory: undefined,
    realloc: undefined,
    postReturn: undefined,
    async: false,
    callback: undefined,
  }
  let seen = 0
  r.vec(() => {
    const option = r.byte()
    // The three string encodings exclude each other.
    const bit = 1 << Math.max(option, 2)
    if (seen & bit) r.unexpected('each canonical option only once', option)
    seen |= bit
    const encoding = ENCODINGS[option]
    if (encoding !== undefined) options.stringEncoding = encoding
    else if (option === 0x03) options.memory = coreDef(r, scope, 'core memory')
    else if (option === 0x04) options.realloc = coreDef(r, scope, 'core func')
    else if (option === 0x05) options.postReturn = coreDef(r, scope, 'core func')
    else if (option === 0x06) options.async = true
    else if (option === 0x07) options.callback = coreDef(r, scope, 'core func')
    else if (option === 0x08 || option === 0x09) {
      r.fail('CMP1008', 'the canonical options `core-type` and `gc` are not supported', r.pos - 1)
    } else r.unexpected('a canonical option', option)
  })
  return options
}

/** What an immediate of a built-in is, by the letter that stands for it in `BUILT_INS`. */
const IMMEDIATES: Readonly<Record<string, (r: Reader, scope: Scope) => unknown>> = {
  t: (r, scope) => scope.read(r, 'type'),
  o: readOptions,
  r: (r, scope) => readResultList(new TypeReader(r, scope)),
  v: readCoreValueType,
  u: (r) => r.u32(),
  f: (r) => {
    const flag = r.byte()
    if (flag > 1) r.unexpected('0x00 or 0x01', flag)
  },
  z: (r) => r.expect(0x00, '0x00'),
  m: (r, scope) => coreDef(r, scope, 'core memory'),
  c: (r, scope) => scope.read(r, 'core type'),
  b: (r, scope) => coreDef(r, scope, 'core table'),
}

/** The built-ins that are not served yet: the name in the text format, then a letter for each immediate. */
const BUILT_INS: Readonly<Record<number, string>> = {
  0x05: 'task.cancel',
  0x06: 'subtask.cancel f',
  0x09: 'task.return ro',
  0x0a: 'context.get vu',
  0x0b: 'context.set vu',
  0x0c: 'thread.yield z',
  0x0d: 'subtask.drop',
  0x0e: 'stream.new t',
  0x0f: 'stream.read to',
  0x10: 'stream.write to',
  0x11: 'stream.cancel-read tf',
  0x12: 'stream.cancel-write tf',
  0x13: 'stream.drop-readable t',
  0x14: 'stream.drop-writable t',
  0x15: 'future.new t',
  0x16: 'future.read to',
  0x17: 'future.write to',
  0x18: 'future.cancel-read tf',
  0x19: 'future.cancel-write tf',
  0x1a: 'future.drop-readable t',
  0x1b: 'future.drop-writable t',
  0x1c: 'error-context.new o',
  0x1d: 'error-context.debug-message o',
  0x1e: 'error-context.drop',
  0x1f: 'waitable-set.new',
  0x20: 'waitable-set.wait zm',
  0x21: 'waitable-set.poll zm',
  0x22: 'waitable-set.drop',
  0x23: 'waitable.join',
  0x24: 'backpressure.inc',
  0x25: 'backpressure.dec',
  0x26: 'thread.index',
  0x27: 'thread.new-indirect cb',
  0x28: 'thread.resume-later',
  0x29: 'thread.suspend z',
  0x2a: 'thread.suspend-then-resume z',
  0x2b: 'thread.yield-then-resume z',
  0x2c: 'thread.suspend-then-promote z',
  0x2d: 'thread.yield-then-promote z',
  0x2e: 'stream.forward t',
  0x2f: 'future.forward t',
  0x40: 'thread.spawn-ref fc',
  0x41: 'thread.spawn-indirect fcb',
  0x42: 'thread.available-parallelism f',
}

function unsupported(r: Reader, scope: Scope, opcode: number): CoreDef {
  const [name, immediates = ''] = BUILT_INS[opcode]?.split(' ') ?? []
  if (name === undefined) return r.unexpected('a canonical definition', opcode)
  for (const immediate of immediates) IMMEDIATES[immediate]?.(r, scope)
  return { kind: 'unsupported', name }
}
