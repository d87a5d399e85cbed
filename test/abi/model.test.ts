// Random types: the layouts and flat forms against a model written straight from the definitions of CanonicalABI.md.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alignment, elemSize, flattenFunc, flattenType, recordLayout } from '../../src/abi/index.ts'
import type { Type } from '../../src/ir/index.ts'
import * as ir from './types.ts'

/** A type after `despecialize`, as the definitions match on it; `int` has a width in bytes. */
type Spec =
  | readonly ['int' | 'float', 1 | 2 | 4 | 8]
  | readonly ['list']
  | readonly ['fixed', Spec, number]
  | readonly ['record', readonly Spec[]]
  | readonly ['variant', readonly (Spec | undefined)[]]
  | readonly ['flags', number]

const alignUp = (offset: number, to: number): number => offset + ((to - (offset % to)) % to)
const max = (...numbers: number[]): number => numbers.reduce((a, b) => (a > b ? a : b), 0)

function discriminant(count: number): Spec {
  // `math.ceil(math.log2(n) / 8)`, in integers: the bytes that the highest index takes.
  let bytes = 0
  for (let highest = count - 1; highest > 0; highest = Math.floor(highest / 256)) bytes++
  return ['int', bytes <= 1 ? 1 : bytes === 2 ? 2 : 4]
}

function specAlignment(t: Spec): number {
  switch (t[0]) {
    case 'int':
    case 'float':
      return t[1]
    case 'list':
      return 4
    case 'fixed':
      return specAlignment(t[1])
    case 'record':
      return max(1, ...t[1].map(specAlignment))
    case 'variant':
      return max(specAlignment(discriminant(t[1].length)), caseAlignment(t[1]))
    case 'flags':
      return t[1] <= 8 ? 1 : t[1] <= 16 ? 2 : 4
  }
}

function caseAlignment(payloads: readonly (Spec | undefined)[]): number {
  return max(1, ...payloads.map((c) => (c === undefined ? 1 : specAlignment(c))))
}

function specSize(t: Spec): number {
  switch (t[0]) {
    case 'int':
    case 'float':
      return t[1]
    case 'list':
      return 8
    case 'fixed':
      return t[2] * specSize(t[1])
    case 'record': {
      let size = 0
      for (const field of t[1]) size = alignUp(size, specAlignment(field)) + specSize(field)
      return alignUp(size, specAlignment(t))
    }
    case 'variant': {
      const start = alignUp(specSize(discriminant(t[1].length)), caseAlignment(t[1]))
      const payload = max(0, ...t[1].map((c) => (c === undefined ? 0 : specSize(c))))
      return alignUp(start + payload, specAlignment(t))
    }
    case 'flags':
      return t[1] <= 8 ? 1 : t[1] <= 16 ? 2 : 4
  }
}

function specFlat(t: Spec): string[] {
  switch (t[0]) {
    case 'int':
      return [t[1] === 8 ? 'i64' : 'i32']
    case 'float':
      return [t[1] === 8 ? 'f64' : 'f32']
    case 'list':
      return ['i32', 'i32']
    case 'fixed':
      return Array.from({ length: t[2] }, () => specFlat(t[1])).flat()
    case 'record':
      return t[1].flatMap(specFlat)
    case 'variant': {
      const flat: string[] = []
      for (const payload of t[1]) {
        if (payload === undefined) continue
        for (const [i, type] of specFlat(payload).entries()) flat[i] = i in flat ? specJoin(flat[i], type) : type
      }
      return ['i32', ...flat]
    }
    case 'flags':
      return ['i32']
  }
}

function specJoin(a: string | undefined, b: string): string {
  if (a === b) return b
  return [a, b].sort().join() === 'f32,i32' ? 'i32' : 'i64'
}

/** A type both ways: as the IR has it, and as the definitions see it. */
interface Both {
  readonly ir: Type
  readonly spec: Spec
}

const leaf = (name: ir.Short, spec: Spec): Both => ({ ir: ir.type(name), spec })
const LEAVES: readonly Both[] = [
  leaf('bool', ['int', 1]),
  leaf('s8', ['int', 1]),
  leaf('u8', ['int', 1]),
  leaf('s16', ['int', 2]),
  leaf('u16', ['int', 2]),
  leaf('s32', ['int', 4]),
  leaf('u32', ['int', 4]),
  leaf('s64', ['int', 8]),
  leaf('u64', ['int', 8]),
  leaf('f32', ['float', 4]),
  leaf('f64', ['float', 8]),
  leaf('char', ['int', 4]),
  leaf('error-context', ['int', 4]),
  leaf('string', ['list']),
]

const { type: types } = fc.letrec<{ type: Both; maybe: Both | undefined }>((tie) => {
  const type = tie('type')
  const some = fc.array(type, { minLength: 1, maxLength: 6 })
  const irs = (all: readonly Both[]): Type[] => all.map((t) => t.ir)
  const specs = (all: readonly Both[]): Spec[] => all.map((t) => t.spec)
  const bothOf = (payload: Both | undefined): [Type | undefined, Spec | undefined] => [payload?.ir, payload?.spec]
  return {
    maybe: fc.option(type, { nil: undefined }),
    type: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(...LEAVES),
      fc.integer({ min: 1, max: 32 }).map((n): Both => ({ ir: ir.flags(n), spec: ['flags', n] })),
      fc.integer({ min: 1, max: 600 }).map((n): Both => ({
        ir: ir.enumeration(n),
        spec: ['variant', Array.from({ length: n }, () => undefined)],
      })),
      type.map((t): Both => ({ ir: ir.list(t.ir), spec: ['list'] })),
      fc.tuple(type, type).map(([k, v]): Both => ({ ir: ir.map(k.ir, v.ir), spec: ['list'] })),
      fc
        .tuple(type, fc.integer({ min: 1, max: 5 }))
        .map(([t, n]): Both => ({ ir: ir.fixed(t.ir, n), spec: ['fixed', t.spec, n] })),
      some.map((all): Both => ({ ir: ir.record(...irs(all)), spec: ['record', specs(all)] })),
      some.map((all): Both => ({ ir: ir.tuple(...irs(all)), spec: ['record', specs(all)] })),
      type.map((t): Both => ({ ir: ir.option(t.ir), spec: ['variant', [undefined, t.spec]] })),
      fc.tuple(tie('maybe'), tie('maybe')).map(([ok, err]): Both => {
        const [okIr, okSpec] = bothOf(ok)
        const [errIr, errSpec] = bothOf(err)
        return { ir: ir.result(okIr, errIr), spec: ['variant', [okSpec, errSpec]] }
      }),
      fc
        .tuple(fc.array(tie('maybe'), { minLength: 1, maxLength: 6 }), fc.constantFrom(0, 250, 255, 256))
        .map(([payloads, more]): Both => {
          const all = [...Array.from({ length: more }, () => undefined), ...payloads]
          return { ir: ir.variant(...all.map((p) => p?.ir)), spec: ['variant', all.map((p) => p?.spec)] }
        }),
    ),
  }
})

test('sizes and alignments', () => {
  fc.assert(
    fc.property(types, (t) => {
      expect([elemSize(t.ir), alignment(t.ir)]).toEqual([specSize(t.spec), specAlignment(t.spec)])
    }),
    { numRuns: 2000 },
  )
})

test('fields: each at its alignment, after the one before it, and nothing left over', () => {
  fc.assert(
    fc.property(fc.array(types, { minLength: 1, maxLength: 8 }), (all) => {
      const { offsets, size, align } = recordLayout(all.map((t) => ({ type: t.ir })))
      let end = 0
      for (const [i, { spec }] of all.entries()) {
        end = alignUp(end, specAlignment(spec))
        expect(offsets[i]).toBe(end)
        end += specSize(spec)
      }
      expect([size, align]).toEqual([alignUp(end, align), max(...all.map((t) => specAlignment(t.spec)))])
    }),
    { numRuns: 500 },
  )
})

test('flat types; beyond the limits only that they are beyond', () => {
  fc.assert(
    fc.property(types, (t) => {
      const flat = flattenType(t.ir)
      const wanted = specFlat(t.spec)
      if (wanted.length <= 16) expect(flat).toEqual(wanted)
      else expect(flat.length).toBeGreaterThan(16)
    }),
    { numRuns: 2000 },
  )
})

test('functions', () => {
  fc.assert(
    fc.property(fc.array(types, { maxLength: 8 }), fc.option(types, { nil: undefined }), (params, result) => {
      const func = {
        params: params.map((p, i) => ({ name: `p${i}`, type: p.ir, span: undefined })),
        result: result?.ir,
      }
      let flatParams = params.flatMap((p) => specFlat(p.spec))
      if (flatParams.length > 16) flatParams = ['i32']
      const flatResult = result === undefined ? [] : specFlat(result.spec)
      const indirect = flatResult.length > 1
      expect(flattenFunc(func, 'lift')).toMatchObject({ params: flatParams, results: indirect ? ['i32'] : flatResult })
      expect(flattenFunc(func, 'lower')).toMatchObject({
        params: indirect ? [...flatParams, 'i32'] : flatParams,
        results: indirect ? [] : flatResult,
      })
    }),
    { numRuns: 1000 },
  )
})
