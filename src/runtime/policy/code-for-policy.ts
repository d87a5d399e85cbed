import { rewriteModule, UnknownInstruction, type Rewritten } from '../../component/rewrite/rewrite.ts'
import type { Compiled } from '../compiled-component.ts'
import { WasmError } from '../errors.ts'
import type { CoreCode, ModuleFacts } from './core-code.ts'
import { isRewriting, needsOf, sameNeeds, type PolicyNeeds } from './needs.ts'
import type { SecurityPolicy } from './security-policy.ts'

/** How many kinds of code are kept of one component, besides that which it was compiled to. */
const KEPT = 8

/** The code of components for other policies than those that they were compiled for; the oldest gives way. */
const others = new WeakMap<readonly Uint8Array[], CoreCode[]>()

/**
 * The code of a compiled component for a policy: that which it has, else it is made, once for all policies that take the
 * same of the code.
 *
 * @throws WasmError `PolicyUnsupported` where the policy cannot be enforced on it
 */
export function codeForPolicy({ code, cores }: Compiled, policy: SecurityPolicy, module: string): CoreCode {
  const needs = neededBy(policy)
  const known = knownCode(code, cores, needs)
  if (known !== undefined) return known
  if (cores === undefined) {
    const text = 'of the guest there is only code that was compiled for another policy: compile it with this one'
    throw new WasmError('PolicyUnsupported', module, undefined, text)
  }
  const modules: WebAssembly.Module[] = []
  const facts: ModuleFacts[] = []
  refuseChanged(cores, module)
  for (const { bytes, known, refuse } of written(cores, needs, module)) {
    try {
      modules.push(new WebAssembly.Module(bytes))
    } catch (cause) {
      throw refuse(cause)
    }
    facts.push(...known)
  }
  return keep(cores, { modules, needs, facts })
}

/**
 * The same, without blocking the thread while the engine compiles.
 *
 * @param cores the modules' bytes
 * @param code what there is of them already
 * @param isFresh whether the engine has accepted the bytes just now
 * @throws WasmError `PolicyUnsupported` where the policy cannot be enforced on them
 */
export async function compileForPolicy(
  cores: readonly Uint8Array[],
  code: CoreCode,
  policy: SecurityPolicy,
  module: string,
  isFresh: boolean,
): Promise<CoreCode> {
  const needs = neededBy(policy)
  const found = knownCode(code, cores, needs)
  if (found !== undefined) return found
  if (!isFresh) refuseChanged(cores, module)
  const modules: WebAssembly.Module[] = []
  const facts: ModuleFacts[] = []
  for (const { bytes, known, refuse } of written(cores, needs, module)) {
    try {
      modules.push(await WebAssembly.compile(bytes))
    } catch (cause) {
      throw refuse(cause)
    }
    facts.push(...known)
  }
  return keep(cores, { modules, needs, facts })
}

/**
 * Those who gave the bytes may have put something else there since, which the rewriter would trust.
 *
 * @throws WasmError `PolicyUnsupported`
 */
function refuseChanged(cores: readonly Uint8Array[], module: string): void {
  if (cores.every((core) => WebAssembly.validate(core as BufferSource))) return
  const text = 'the bytes that the guest was compiled from have been changed: compile it again, with the policy'
  throw new WasmError('PolicyUnsupported', module, undefined, text)
}

interface Written {
  readonly bytes: BufferSource
  /** What is known of it, where it was written anew. */
  readonly known: readonly ModuleFacts[]
  /** What to throw when the engine does not take it. */
  readonly refuse: (cause: unknown) => WasmError
}

/** The core modules one after the other, so that only one is there twice. */
function* written(
  cores: readonly Uint8Array[],
  needs: PolicyNeeds | undefined,
  module: string,
): Generator<Written, void, undefined> {
  for (const [index, core] of cores.entries()) {
    const refuse = (cause: unknown): WasmError => unsupported(cause, index, module)
    if (needs === undefined) {
      yield { bytes: core as BufferSource, known: [], refuse }
      continue
    }
    let made: Rewritten
    try {
      made = rewriteModule(core, { ...needs, module: index })
    } catch (cause) {
      throw refuse(cause)
    }
    const { bytes, ...known } = made
    yield { bytes, known: [known], refuse }
  }
}

function neededBy(policy: SecurityPolicy): PolicyNeeds | undefined {
  const needs = needsOf(policy)
  return isRewriting(needs) ? needs : undefined
}

function knownCode(
  code: CoreCode,
  cores: readonly Uint8Array[] | undefined,
  needs: PolicyNeeds | undefined,
): CoreCode | undefined {
  const kept = cores === undefined ? undefined : others.get(cores)
  return [code, ...(kept ?? [])].find((one) => sameNeeds(one.needs, needs))
}

function keep(cores: readonly Uint8Array[], code: CoreCode): CoreCode {
  const kept = others.get(cores) ?? []
  kept.push(code)
  if (kept.length > KEPT) kept.shift()
  others.set(cores, kept)
  return code
}

function unsupported(cause: unknown, index: number, module: string): WasmError {
  const why =
    cause instanceof UnknownInstruction
      ? `${cause.message} cannot be held to it`
      : `the engine refuses it with the checks in it: ${cause instanceof Error ? cause.message : String(cause)}`
  const text = `the policy cannot be enforced on core module ${index} of the component: ${why}`
  return new WasmError('PolicyUnsupported', module, undefined, text, { cause })
}
