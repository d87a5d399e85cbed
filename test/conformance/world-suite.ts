import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'
import { diagnosticToJson } from '../../src/diagnostics/render.ts'
import { readInput, type Input } from '../../src/input/read-input.ts'
import { packageId, type World } from '../../src/ir/index.ts'
import { plan } from '../../src/plan/index.ts'
import { format, formatByPrettier } from '../../src/render/format.ts'
import { compilers, GeneratedWorlds } from './generated-worlds.ts'
import { asyncUses, type ReferenceJson } from './reference-json.ts'

/** A world of an input, and what the reference tool says about it. */
export interface WorldCase {
  /** What the tests call it, a folder name too. */
  readonly title: string
  /** The WIT folder or the binary. */
  readonly input: string
  /** The world's package, with its version. */
  readonly package: string
  readonly world: string
  /** What no code can be generated for, as `asyncUses` finds it. */
  readonly refused: readonly string[]
}

/** The worlds of the packages that the reference tool finds in an input; `of` picks some of the packages by their names. */
export function worldCases(
  title: string,
  input: string,
  json: ReferenceJson,
  of: (packageName: string) => boolean,
): WorldCase[] {
  return json.packages
    .filter(({ name }) => of(name))
    .flatMap(({ name, worlds }) =>
      Object.entries(worlds).map(([world, id]) => ({
        title: `${title}/${name.replace(':', '/')}/${world}`,
        input,
        package: name,
        world,
        refused: asyncUses(json, id).functions,
      })),
    )
}

function find({ input, package: name, world }: WorldCase): { readonly input: Input; readonly world: World } {
  const read = readInput(input, { features: 'all' })
  const found = read.resolve.packages.find((p) => packageId(p.name) === name)?.worlds.get(world)
  if (found === undefined) throw new Error(`${input} has no world ${name}/${world}`)
  return { input: read, world: found }
}

/**
 * Defines the tests of many worlds: each is generated and type-checked, or, where it needs what there is no code for, refused
 * with one diagnostic for each use.
 */
export function worldSuite(name: string, folder: string, cases: readonly WorldCase[]): void {
  const good = cases.filter(({ refused }) => refused.length === 0)
  const bad = cases.filter(({ refused }) => refused.length > 0)

  describe(`code for the worlds of ${name}`, () => {
    const failures = new Map<string, unknown>()
    const errors = new Map<string, readonly string[]>()
    let texts: ReadonlyMap<string, string> = new Map()
    beforeAll(() => {
      const generated = new GeneratedWorlds(folder)
      for (const one of good) {
        try {
          const { input, world } = find(one)
          generated.add(one.title, input, world)
        } catch (error) {
          failures.set(one.title, error)
        }
      }
      texts = generated.texts
      for (const compiler of Object.keys(compilers)) errors.set(compiler, generated.typeErrors(compiler))
    }, 600_000)

    it.each(good)('$title passes TypeScript 7 and 5.9', ({ title }) => {
      if (failures.has(title)) throw failures.get(title)
      expect([...errors.keys()]).toEqual(['7', '5.9'])
      const own = [...errors.values()].flat().filter((line) => line.startsWith(`${title}/`))
      expect(own).toEqual([])
    })

    it('is formatted as prettier formats it', { timeout: 600_000 }, async () => {
      expect(texts.size).toBeGreaterThan(good.length)
      for (const [path, text] of texts) expect(await format(text), path).toBe(await formatByPrettier(text))
    })

    it('nothing else has type errors', () => {
      const known = (line: string): boolean => good.some(({ title }) => line.startsWith(`${title}/`))
      expect([...errors.values()].flat().filter((line) => !known(line))).toEqual([])
    })
  })

  if (bad.length === 0) return
  describe(`refused worlds of ${name}`, () => {
    it.each(bad)('$title is refused, once for each declaration', (one) => {
      const { input, world } = find(one)
      const diagnostics = refusals(input, world).map(diagnosticToJson)
      expect(new Set(diagnostics.map((d) => d.code))).toEqual(new Set(['GEN0002']))
      const used = diagnostics.map((d) => /`([^`]+)`, which is not supported yet$/u.exec(d.message)?.[1] ?? d.message)
      // What is imported and exported is declared once, and told of once.
      const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()
      expect(unique(used)).toEqual(unique(one.refused.map((use) => use.replace(/^(import|export) /u, ''))))
      const places = diagnostics.map(({ message, file, line, column }) => `${file}:${line}:${column} ${message}`)
      if (input.binary === undefined) expect(unique(places)).toEqual(places.sort())
      if (input.binary !== undefined) return
      for (const { message, file, line } of diagnostics) {
        const text = readFileSync(file ?? '', 'utf8').split('\n')[(line ?? 0) - 1]
        // The place is the line that declares the function, by its own name.
        const ownName = /([a-z0-9-]+)\]?`, which/iu.exec(message)?.[1] ?? ''
        expect(text, message).toContain(message.includes('[constructor]') ? 'constructor' : ownName)
      }
    })
  })
}

function refusals(input: Input, world: World): DiagnosticError['diagnostics'] {
  try {
    plan({ ...input.resolve, root: world.package }, { worlds: [world], extension: '.ts', version: '0.0.0' })
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics
    throw error
  }
  return []
}
