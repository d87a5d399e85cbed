/** What needs Node, on top of `witgen/runtime`. */
export type { FunctionPath } from './plugins/function-path.ts'
export { PluginManager } from './plugins/plugin-manager.ts'
export type {
  Drained,
  ImportsFor,
  LoadOptions,
  PluginId,
  PluginInfo,
  PluginManagerOptions,
  PluginSource,
  Probe,
  SwapOptions,
  UnloadOptions,
} from './plugins/plugin-options.ts'
export type { ImportsOf, ObjectOf, Plugin, WorldClass, WorldClasses } from './plugins/world-class.ts'
