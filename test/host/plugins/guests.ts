import type { Logger } from 'witgen/runtime'
import { Pipeline, type PipelineImports } from '../../../generated/pipeline.ts'
import { Toolbox, type ToolboxImports } from '../../guests/generated/toolbox.ts'
import { guestFiles } from '../../guests/guests.ts'
import { ToolboxHost } from '../../guests/toolbox-host.ts'

const path = (component: string): string => guestFiles(component).at(-1)?.path ?? ''

export const rustPipeline: string = path('rust/pipeline.wasm')
export const wrongPipeline: string = path('rust-wrong/pipeline.wasm')
export const rustToolbox: string = path('rust/toolbox.wasm')
export const cToolbox: string = path('c/toolbox.wasm')

export const worlds: { readonly pipeline: typeof Pipeline; readonly toolbox: typeof Toolbox } = {
  pipeline: Pipeline,
  toolbox: Toolbox,
}

export const pipelineImports: PipelineImports = { 'demo:pipeline/log': { log() {} } }

/** The imports of a toolbox whose host says, for each key, which guest it was asked by. */
export function tellingImports({ name, version }: { readonly name: string; readonly version: number }): ToolboxImports {
  const imports = new ToolboxHost().imports('toolbox') as ToolboxImports
  const host = { ...imports['test:toolbox/host'], lookup: (key: string) => `${name} ${version} ${key}` }
  return { ...imports, 'test:toolbox/host': host }
}

export const imports: { readonly pipeline: PipelineImports; readonly toolbox: typeof tellingImports } = {
  pipeline: pipelineImports,
  toolbox: tellingImports,
}

/** A logger that remembers its lines as `level: message`, with the fields; without what instances tell at the level debug. */
export class Lines implements Logger {
  readonly lines: { readonly text: string; readonly fields: object }[] = []
  trace(fields: object, message: string): void {
    this.#add('trace', fields, message)
  }
  debug(): void {}
  info(fields: object, message: string): void {
    this.#add('info', fields, message)
  }
  warn(fields: object, message: string): void {
    this.#add('warn', fields, message)
  }
  error(fields: object, message: string): void {
    this.#add('error', fields, message)
  }
  fatal(fields: object, message: string): void {
    this.#add('fatal', fields, message)
  }

  #add(level: string, fields: object, message: string): void {
    this.lines.push({ text: `${level}: ${message}`, fields })
  }
}
