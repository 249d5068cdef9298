/** From this version on (`server_version_num`) a child may generate a column that its parent generates from something else. */
export const OWN_EXPRESSIONS = 160000

/** From this version on columns may be computed when they are read. */
export const VIRTUAL_COLUMNS = 180000
