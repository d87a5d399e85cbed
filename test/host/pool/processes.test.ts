import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Runs a program with a pool of two in a process of its own. */
function run(body: string): ReturnType<typeof spawn> {
  const program = `
    import { Pool } from 'witgen/host'
    import { Pipeline } from './generated/pipeline.ts'
    const imports = { 'demo:pipeline/log': { log() {} } }
    const pool = await Pool.create(Pipeline, 'test/guests/rust/pipeline.wasm', { size: 2, imports })
    ${body}`
  const args = ['--conditions=witgen-source', '--no-warnings', '--input-type=module', '--eval', program]
  return spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
}

async function outputOf(child: ReturnType<typeof spawn>): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout ?? []) text += String(chunk)
  return text
}

test('idle workers do not keep the process alive, busy ones do', async () => {
  const child = run(`
    pool.analysis.shout('first').then((text) => console.log(text))
    pool.map('analysis.shout', ['a', 'b', 'c']).then((texts) => console.log(texts.join('')))`)
  const exit = once(child, 'exit')
  const lines = (await outputOf(child)).trim().split('\n')
  expect(lines.toSorted()).toEqual(['ABC', 'FIRST'])
  expect(await exit).toEqual([0, null])
})

test.skipIf(process.platform === 'win32')('Ctrl-C ends it in the middle of endless loops', async () => {
  const child = run(`
    pool.analysis.crash('loop')
    pool.analysis.crash('loop')
    setTimeout(() => console.log('looping'), 50)`)
  const exit = once(child, 'exit')
  await once(child.stdout ?? child, 'data')
  child.kill('SIGINT')
  expect(await exit).toEqual([null, 'SIGINT'])
})

test('process.exit ends it in the middle of endless loops', async () => {
  const child = run(`
    pool.analysis.crash('loop')
    setTimeout(() => process.exit(7), 50)`)
  expect(await once(child, 'exit')).toEqual([7, null])
})
