import { rewriteModule, UnknownInstruction } from '../../component/rewrite/rewrite.ts'
import { WasmError } from '../errors.ts'
import type { CoreCode, ModuleFacts } from './core-code.ts'
import { isRewriting, needsOf, sameNeeds, type PolicyNeeds } from './needs.ts'
import type { SecurityPolicy } from './security-policy.ts'

/** How many kinds of code are kept of one component, besides that which it was compiled to. */
const KEPT = 8

/** The code of components for other policies than those that they were compiled for; the oldest gives way. */
const others = new WeakMap<readonly Uint8Array[], CoreCode[]>()

/** What code is made of for a policy. */
export interface CodeParts {
  /** The modules' bytes; undefined where there is only the code. */
  readonly cores: readonly Uint8Array[] | undefined
  /** What there is of them already. */
  readonly code: CoreCode
  /** Whether the engine has accepted the bytes just now. */
  readonly isFresh?: boolean
}

/**
 * The code of a compiled component for a policy: that which it has, else it is made, once for all policies that take the
 * same of the code.
 *
 * @throws WasmError `PolicyUnsupported` where the policy cannot be enforced on it
 */
export function codeForPolicy(parts: CodeParts, policy: SecurityPolicy, module: string): CoreCode {
  const making = makeCode(parts, policy, module)
  let step = making.next()
  while (step.done !== true) {
    let made: WebAssembly.Module
    try {
      made = new WebAssembly.Module(step.value)
    } catch (cause) {
      step = making.throw(cause)
      continue
    }
    step = making.next(made)
  }
  return step.value
}

/** The same, without blocking the thread while the engine compiles. Throws the same. */
export async function compileForPolicy(parts: CodeParts, policy: SecurityPolicy, module: string): Promise<CoreCode> {
  const making = makeCode(parts, policy, module)
  let step = making.next()
  while (step.done !== true) {
    let made: WebAssembly.Module
    try {
      made = await WebAssembly.compile(step.value)
    } catch (cause) {
      step = making.throw(cause)
      continue
    }
    step = making.next(made)
  }
  return step.value
}

/**
 * Gives the bytes of the core modules one after the other, so that only one is there twice, and takes what the engine makes of
 * them, or throws.
 */
function* makeCode(
  { cores, code, isFresh = false }: CodeParts,
  policy: SecurityPolicy,
  module: string,
): Generator<BufferSource, CoreCode, WebAssembly.Module> {
  const needs = neededBy(policy)
  const known = knownCode(code, cores, needs)
  if (known !== undefined) return known
  if (cores === undefined) {
    const text = 'of the guest there is only code that was compiled for another policy: compile it with this one'
    throw new WasmError('PolicyUnsupported', module, undefined, text)
  }
  if (!isFresh) refuseChanged(cores, module)
  const modules: WebAssembly.Module[] = []
  const facts: ModuleFacts[] = []
  for (const [index, core] of cores.entries()) {
    try {
      if (needs === undefined) {
        modules.push(yield core as BufferSource)
        continue
      }
      const { bytes, ...own } = rewriteModule(core, { ...needs, module: index })
      modules.push(yield bytes)
      facts.push(own)
    } catch (cause) {
      throw unsupported(cause, index, module)
    }
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
