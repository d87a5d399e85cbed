/// <reference lib="esnext.disposable" />
// A guest that is not trusted: what it may do, what happens when it does more, and the log of that.
import { fileURLToPath } from 'node:url'
import { Pool } from 'witgen/host'
import { isWasmError, policyReport, sandbox, type PolicyEvent, type SecurityPolicy } from 'witgen/runtime'
import { Pipeline, type PipelineImports } from '../../generated/pipeline.ts'

const guest = fileURLToPath(new URL('../../test/guests/rust/pipeline.wasm', import.meta.url))
const imports: PipelineImports = {
  'demo:pipeline/log': { log: (level, message) => console.log(`  [${level}] ${message}`) },
}

/** Everything that a policy has refused or ended, as it happens: where a real host keeps its audit log. */
const audit: PolicyEvent[] = []
const onEvent = (event: PolicyEvent): void => void audit.push(event)

// What is left out is not limited: a host that does not trust says something about everything.
const TRIAL: SecurityPolicy = {
  maxMemoryPages: 64, //         4 MiB
  maxTableElements: 10_000,
  maxInstances: 10,
  maxExecutionTimeMs: 250, //    one call
  fuel: 50_000_000_000, //       instructions of an instance's life
  maxCallDepth: 500,
  maxOutputBytes: 1 << 20, //    one call
  allowedImports: {}, //         none
  onEvent,
}
const PAID: SecurityPolicy = {
  ...TRIAL,
  maxMemoryPages: 1024,
  allowedImports: { 'demo:pipeline/log': true },
}

const samples = Array.from({ length: 20 }, (_, id) => ({ id, weight: id + 1, label: `nr ${id % 3}` }))

/** What a call gives, or how it ended. */
function attempt(what: string, call: () => unknown): void {
  try {
    console.log(`${what}: ${JSON.stringify(call())}`)
  } catch (error) {
    if (!isWasmError(error)) throw error
    console.log(`${what}: ${error.codeName}`)
  }
}

// 1. Compiled once, without regard to who will use it. Nothing of it has run.
const compiled = await Pipeline.compile(guest)

// 2. The same guest for two customers. What the guest may not call is denied when it calls it.
const paid = Pipeline.instantiate(compiled, { imports, policy: PAID, name: 'paid' })
const trial = Pipeline.instantiate(compiled, { imports, policy: TRIAL, name: 'trial' })
attempt('paid, preprocess', () => paid.analysis.preprocess(samples).length)
attempt('trial, preprocess', () => trial.analysis.preprocess(samples).length)
trial.dispose()

// 3. Guests that misbehave are ended; nobody else notices. After that an instance is never entered again.
for (const how of ['loop', 'stack'] as const) {
  const bad = Pipeline.instantiate(compiled, { imports, policy: TRIAL, name: `bad-${how}` })
  attempt(`bad-${how}, crash`, () => bad.analysis.crash(how))
  attempt(`bad-${how}, again`, () => bad.analysis.shout('hello?'))
  bad.dispose()
}
// `sandbox` is compile and instantiate in one, for what is needed once.
const greedy = await sandbox(Pipeline, guest, TRIAL, { imports, name: 'greedy' })
attempt('greedy, reverse 8 MiB', () => greedy.analysis.reverse(new Uint8Array(8 << 20)).length)
greedy.dispose()
attempt('paid, shout', () => paid.analysis.shout('still here'))

// 4. What was used, for the bill: the same number for the same work, on every machine.
const { fuelUsed, memoryPages } = policyReport(paid)
console.log(`paid used ${fuelUsed} instructions and ${memoryPages} pages of memory`)
paid.dispose()

// 5. In a pool the host's own thread stays free, and what sleeps or never comes back costs one worker.
const pool = await Pool.create(Pipeline, compiled, { size: 2, imports, policy: PAID, name: 'pooled' })
try {
  const endless = pool.analysis.crash('loop').catch((error: Error) => (isWasmError(error) ? error.codeName : error))
  const words = await pool.map('analysis.shout', ['others', 'go', 'on'])
  console.log(words.join(' '), await endless)
} finally {
  await pool[Symbol.asyncDispose]()
}

// 6. The audit log.
for (const { kind, code, module, function: func = '', message } of audit)
  console.log(`audit: ${kind} ${code ?? ''} ${module} ${func}: ${message}`)
