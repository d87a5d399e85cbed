import { coreDef } from './alias.ts'
import { readCoreValueType } from './core-types.ts'
import type { Open, TypeItem } from './entities.ts'
import { makeFunc } from './externs.ts'
import type { CanonOptions, CoreDef } from './link-plan.ts'
import { NO_OPTIONS } from './no-options.ts'
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
  const options: Open<CanonOptions> = { ...NO_OPTIONS }
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
  f: (r) => r.flag(),
  z: (r) => r.expect(0x00, '0x00'),
  m: (r, scope) => coreDef(r, scope, 'core memory'),
  c: (r, scope) => scope.read(r, 'core type'),
  b: (r, scope) => coreDef(r, scope, 'core table'),
}

/**
 * The built-ins that are not served yet, from opcode 0x05 on, then those from 0x40 on: the name in the text format and a
 * letter for each immediate.
 */
const BUILT_INS: readonly string[] = [
  'task.cancel',
  'subtask.cancel f',
  '',
  '',
  'task.return ro',
  'context.get vu',
  'context.set vu',
  'thread.yield z',
  'subtask.drop',
  'stream.new t',
  'stream.read to',
  'stream.write to',
  'stream.cancel-read tf',
  'stream.cancel-write tf',
  'stream.drop-readable t',
  'stream.drop-writable t',
  'future.new t',
  'future.read to',
  'future.write to',
  'future.cancel-read tf',
  'future.cancel-write tf',
  'future.drop-readable t',
  'future.drop-writable t',
  'error-context.new o',
  'error-context.debug-message o',
  'error-context.drop',
  'waitable-set.new',
  'waitable-set.wait zm',
  'waitable-set.poll zm',
  'waitable-set.drop',
  'waitable.join',
  'backpressure.inc',
  'backpressure.dec',
  'thread.index',
  'thread.new-indirect cb',
  'thread.resume-later',
  'thread.suspend z',
  'thread.suspend-then-resume z',
  'thread.yield-then-resume z',
  'thread.suspend-then-promote z',
  'thread.yield-then-promote z',
  'stream.forward t',
  'future.forward t',
  'thread.spawn-ref fc',
  'thread.spawn-indirect fcb',
  'thread.available-parallelism f',
]

function unsupported(r: Reader, scope: Scope, opcode: number): CoreDef {
  const [name, immediates = ''] = BUILT_INS[opcode < 0x40 ? opcode - 0x05 : opcode - 0x40 + 0x2b]?.split(' ') ?? []
  if (!name) return r.unexpected('a canonical definition', opcode)
  for (const immediate of immediates) IMMEDIATES[immediate]?.(r, scope)
  return { kind: 'unsupported', name }
}
