import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }

function witgen(args: readonly string[], nodeOptions: readonly string[] = []): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, ['--conditions=witgen-source', ...nodeOptions, main, ...args], {
    encoding: 'utf8',
  })
}

describe('the executable', () => {
  test.each(['--version', '-v'])('%s prints the version', (flag) => {
    expect(witgen([flag])).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: '' })
  })

  test('--version loads no module but its own', () => {
    const loaded = `data:text/javascript,${encodeURIComponent(
      `import { registerHooks } from 'node:module'
       registerHooks({ load(url, context, next) { console.error(url); return next(url, context) } })`,
    )}`
    const { stderr } = witgen(['--version'], ['--import', loaded])
    expect(String(stderr).trim().split('\n')).toEqual([expect.stringMatching(/\/src\/cli\/main\.ts$/)])
  })

  test('--version behind -- is an input', () => {
    expect(witgen(['--', '--version'])).toMatchObject({ status: 1, stdout: '' })
  })

  test('an unknown flag ends with exit code 2', () => {
    expect(witgen(['--nope'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'witgen: unknown argument `nope`\nSee `witgen --help`.\n',
    })
  })

  test('a missing input ends with exit code 1, without a stack', () => {
    const { status, stderr } = witgen(['no-such-folder'])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^no-such-folder error WIT\d{4}: /)
    expect(stderr).not.toMatch(/^ +at /m)
  })
})
