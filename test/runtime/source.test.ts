import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isWasmError } from '../../src/runtime/errors.ts'
import { readSource, type ByteSource } from '../../src/runtime/source.ts'

const BYTES = new Uint8Array([0, 97, 115, 109])
let folder: string
let path: string
let server: Server
let origin: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'witgen-source-'))
  path = join(folder, 'my guest.wasm')
  await writeFile(path, BYTES)
  server = createServer((request, response) => {
    response.statusCode = request.url?.startsWith('/a.wasm') === true ? 200 : 404
    response.end(BYTES)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await new Promise((resolve) => server.close(resolve))
})

async function failure(source: ByteSource): Promise<unknown> {
  try {
    await readSource(source)
  } catch (error) {
    return error
  }
  throw new Error('the source was read')
}

describe('readSource', () => {
  test('files by path, file: text and file: URL, named by their base name', async () => {
    const url = pathToFileURL(path)
    for (const source of [path, url, url.href]) {
      expect(await readSource(source)).toEqual({ bytes: Buffer.from(BYTES), name: 'my guest.wasm' })
    }
  })

  test('bytes are taken as they are, shared ones are copied', async () => {
    const view = new Uint8Array([9, ...BYTES, 9]).subarray(1, 5)
    expect((await readSource(view)).bytes).toBe(view)
    expect(await readSource(BYTES.buffer)).toEqual({ bytes: BYTES, name: undefined })
    const shared = new Uint8Array(new SharedArrayBuffer(4))
    shared.set(BYTES)
    const read = await readSource(shared)
    expect(read).toEqual({ bytes: BYTES, name: undefined })
    expect(read.bytes.buffer).toBeInstanceOf(ArrayBuffer)
  })

  test('http and data URLs and responses, the query is not in the name', async () => {
    const named = { bytes: BYTES, name: 'a.wasm' }
    expect(await readSource(`${origin}/a.wasm?v=1/2`)).toEqual(named)
    expect(await readSource(new URL(`${origin}/a.wasm#x`))).toEqual(named)
    expect(await readSource(await fetch(`${origin}/a.wasm?v=3`))).toEqual(named)
    const data = `data:application/wasm;base64,${Buffer.from(BYTES).toString('base64')}`
    expect(await readSource(data)).toEqual({ bytes: BYTES, name: undefined })
    expect(await readSource(new URL(data))).toEqual({ bytes: BYTES, name: undefined })
  })

  test('a missing file', async () => {
    const missing = join(folder, 'no.wasm')
    const error = await failure(missing)
    expect(isWasmError(error, 'InvalidModule')).toBe(true)
    expect(error).toMatchObject({
      message: `wasm module no.wasm error [5 InvalidModule]: cannot read ${missing}: no such file`,
      module: 'no.wasm',
      cause: { code: 'ENOENT' },
    })
    expect(await failure(folder + sep)).toMatchObject({ cause: { code: 'EISDIR' } })
  })

  test('a Windows path is a path, not a URL', async () => {
    expect(await failure('C:\\guests\\a.wasm')).toMatchObject({
      message: 'wasm module a.wasm error [5 InvalidModule]: cannot read C:\\guests\\a.wasm: no such file',
    })
  })

  test('a server that refuses, a URL that is none, a value that is no source', async () => {
    expect(await failure(`${origin}/b.wasm`)).toMatchObject({
      message: `wasm module b.wasm error [5 InvalidModule]: cannot read ${origin}/b.wasm: the server answered 404 Not Found`,
    })
    expect(await failure('http://:x')).toMatchObject({
      message: 'wasm module :x error [5 InvalidModule]: cannot read http://:x: it is no valid URL',
    })
    expect(await failure(7 as unknown as ByteSource)).toMatchObject({
      message:
        'wasm module component error [5 InvalidModule]: a source is a path, a URL, a Uint8Array, an ArrayBuffer, a Response or a compiled component, got Number',
    })
  })
})
