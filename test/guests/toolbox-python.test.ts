import { toolboxSuite } from './toolbox-suite.ts'

toolboxSuite('python')
