/**
 * What a pool is built on, without it: a worker with an instance of its own, which makes as many calls as it is told to. Its
 * speed-up is what the machine has to give.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { Pipeline } from '../../generated/pipeline.ts'

const guest: string = workerData
const { analysis } = await Pipeline.load(guest, { imports: { 'demo:pipeline/log': { log: () => {} } } })
parentPort?.on('message', ([calls, times]: readonly [calls: number, times: number]) => {
  for (let i = 0; i < calls; i++) analysis.callBack(times)
  parentPort?.postMessage('done', [])
})
parentPort?.postMessage('ready', [])
