// What happens at the end of a process is shown with real ones.
import { expect, test } from 'vitest'
import { runModule, type Ended } from '../../helpers/run-module.ts'

const SETUP = `
  import { liveReport } from 'witgen/runtime'
  import { Pipeline } from './generated/pipeline.ts'
  const load = (name, log = () => {}) =>
    Pipeline.load('test/guests/rust/pipeline.wasm', { name, imports: { 'demo:pipeline/log': { log } } })`

const run = (body: string, signal?: NodeJS.Signals): Promise<Ended> => runModule(`${SETUP}\n${body}`, signal)

test('instances that nobody disposes of do not keep a process alive', async () => {
  const ended = await run(`
    await load('a')
    await load('b')
    console.log(liveReport().instances.length)`)
  expect(ended).toEqual({ code: 0, signal: null, stdout: '2\n', stderr: '' })
})

test('a forgotten instance is collected, and counted', async () => {
  const ended = await run(`
    for (let i = 0; i < 200; i++) await load('forgotten')
    const kept = await load('kept')
    // Twice: what a job has looked at through a WeakRef stays until its end.
    for (let i = 0; i < 3; i++) {
      await new Promise((resolve) => setTimeout(resolve))
      gc()
    }
    const { instances, forgotten } = liveReport()
    console.log(instances.length + forgotten, forgotten > 150, kept.analysis.shout('a'))
    kept.dispose()
    console.log(String(liveReport()).split('\\n')[0].replace(/[0-9]+ instances forgotten/, 'N instances forgotten'))`)
  expect(ended.stderr).toBe('')
  const [counts = '', text = ''] = ended.stdout.split('\n')
  expect(counts).toBe('201 true A')
  expect(text).toMatch(/ N instances forgotten without dispose$/)
})

test.each([
  ['with a seat', '', 30],
  ['alone', '', 1],
  ['hooked', 'hooks: { onCall() {} }, ', 30],
  ['one after the other has been disposed of', 'name: "disposed", ', 3],
])('nothing keeps the memory of what is forgotten: %s', async (_, options, n) => {
  const ended = await run(`
    const memories = []
    WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
      construct(target, args) {
        const { exports } = Reflect.construct(target, args)
        if (exports.memory !== undefined) memories.push(new WeakRef(exports.memory))
        return { exports }
      },
    })
    const compiled = await Pipeline.compile('test/guests/rust/pipeline.wasm')
    const turn = () => new Promise((resolve) => setTimeout(resolve, 1))
    // A function, since variables of a module may outlive their block.
    function use() {
      const pipeline = Pipeline.instantiate(compiled, { ${options}imports: { 'demo:pipeline/log': { log() {} } } })
      pipeline.analysis.shout('a')
      if ('${options}'.includes('disposed')) pipeline.dispose()
    }
    for (let i = 0; i < ${n}; i++) use()
    for (let i = 0; i < 20 && memories.some((memory) => memory.deref() !== undefined); i++) {
      await turn()
      gc()
    }
    console.log(memories.length, memories.filter((memory) => memory.deref() !== undefined).length)`)
  expect(ended).toMatchObject({ stderr: '', stdout: `${n} 0\n` })
})

test('process.exit in the middle of a call ends the process', async () => {
  const ended = await run(`
    const pipeline = await load('a', () => process.exit(7))
    pipeline.analysis.callBack(3)
    console.log('not reached')`)
  expect(ended).toEqual({ code: 7, signal: null, stdout: '', stderr: '' })
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a process that is calling guests', async (signal) => {
  const ended = await run(
    `const pipeline = await load('a')
    console.log('ready')
    const work = () => { for (let i = 0; i < 100; i++) pipeline.analysis.shout('x'); setImmediate(work) }
    work()`,
    signal,
  )
  expect(ended).toMatchObject({ code: null, signal, stderr: '' })
})
