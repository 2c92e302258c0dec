/** What keeps the servers from starting, said in one sentence. */
export class StartError extends Error {}
