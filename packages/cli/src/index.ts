/**
 * albackup: the command line. Reads configuration, environment and arguments, finds the dialects among the plugins,
 * runs the jobs of @albackup/core and shows how they go. Nothing else of albackup knows a terminal.
 */
export { main } from './main.ts'
