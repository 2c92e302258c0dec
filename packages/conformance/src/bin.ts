#!/usr/bin/env node
import process from 'node:process'
import { run } from './cli.ts'

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())

const code = run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  isTerminal: process.stdout.isTTY && process.stderr.isTTY,
  env: process.env,
  signal: stop.signal,
})
void code.then((exitCode) => (process.exitCode = exitCode))
