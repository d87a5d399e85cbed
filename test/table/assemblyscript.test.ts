import { tableSuite } from './table-suite.ts'

tableSuite('assemblyscript')
