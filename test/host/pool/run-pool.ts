/** Uses a pool on another Node: `node run-pool.js GUEST IMPORTS-MODULE`. Prints what came of it as JSON. */
import { isWasmError } from 'witgen/runtime'
import { Pool } from '../../../src/host/index.ts'
import { Pipeline } from '../../../generated/pipeline.ts'

const [guest = '', importsModule = ''] = process.argv.slice(2)
const code = (error: unknown): unknown => (isWasmError(error) ? error.codeName : String(error))

const pool = await Pool.create(Pipeline, guest, { size: 2, importsModule, policy: { maxExecutionTimeMs: 200 } })
const mapped = await pool.map('analysis.shout', ['a', 'ß', 'c'])
const bytes = Array.from(await pool.analysis.reverse(new Uint8Array(100_000).fill(7, 0, 1)))
const items = ['x', 'divide', 'loop', 'y']
const settled = await pool.map('analysis.crash', items, { onError: 'settle' })
const imported = await pool.analysis
  .callBack(7777)
  .catch((error: unknown) => (isWasmError(error) ? String(error.cause) : error))
const crashed = await pool.analysis.callBack(6666).catch(code)
const after = await pool.analysis.callBack(3)
const { replaced } = pool.stats()
await pool[Symbol.asyncDispose]()
console.log(
  JSON.stringify({
    node: process.version,
    mapped,
    last: bytes.at(-1),
    settled: settled.map((one) => (one.status === 'fulfilled' ? 'fine' : code(one.reason))),
    imported,
    crashed,
    after,
    replaced,
  }),
)
