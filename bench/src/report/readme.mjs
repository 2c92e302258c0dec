import {
  bundleTable,
  caseTable,
  functionTable,
  importTable,
  stackTable,
  targetTable,
} from './tables.mjs'

/** The README of the benchmark: what was found, on what, and how to find it again. */
export const readme = (results) => `# What things cost

Each framework bare, with what people put in front of it today, and with http-semantics, which does the same and more.
What counts is the CPU time that a server takes for a request, by its own account; _of bare_ is the bare framework's
time over the stack's, so 1.00 is for free, and more is cheaper than bare. Written by \`npm run bench\`, from [results.json](results.json).

${results.date}, Node ${results.node}, ${results.machine}.

## Targets

${targetTable(results)}

## A request through the whole stack

![CPU time of a request, by framework and stack](stacks.svg)

${stackTable(results)}

Each number is the median of rounds, with the least and the most in brackets: the ratios are of two servers in the same
round, since what else the machine does is not the same in the next. What has a target is measured in three starts of all
servers. Requests per second are what one process gets that sends over eight connections, each request after the answer to the
one before; they say more of the machine than of the stack. That process never sleeps: to wake it would be the work of the
server, and only of one that is slower than it. Most clients do sleep, browsers as well
as \`wrk\` and \`autocannon\`. The targets against the peers were set with such a client, so they are judged with both; with one
that never sleeps, a stack is not charged for being slow.

- **ours** is \`httpSemantics()\`: methods, response rules, problem details and security header fields; with sessions, a
  signed cookie.
- **peers** are helmet and cookie-session on Express, koa-helmet, koa-session and \`allowedMethods()\` on Koa,
  @fastify/helmet and @fastify/secure-session, which has libsodium as a native add-on, on Fastify.
- The handler that reads a session answers with the user's name, which is only in the cookie. It is one cookie all the time,
  as from one browser; what a cookie costs that was not seen before is below, among the functions.
- An Express app that is attached, as ours is, has messages of one kind
  ([decision 021](../decisions/021-express-makes-one-kind-of-message.md)), which bare Express has not: on Node 20 and 22 that is most
  of what a request costs it, on newer ones little.

## Other answers

${caseTable(results)}

Where bare Express and Fastify, and their peers, know no 405, their line is a 404; so is that of bare Koa. Their errors are no
problem details, and those of Koa have no security header fields, whatever koa-helmet set. The 1,000 routes have a parameter each, and the last one is asked for.

## Functions

${functionTable(results)}

## Imports

In fresh processes, in turns: a framework, and what comes on top of it once the framework is there.

${importTable(results)}

## Bundles

All that a package brings along, but for the framework, as esbuild bundles it.

${bundleTable(results)}

## Repeat it

\`\`\`sh
npm run bench                                     # everything, and writes these files; takes some minutes
npx pnpm@12.21.0 run bench --quick                # the two main cases, less than a minute, writes nothing
npx pnpm@12.21.0 run bench --only express         # one framework
npx pnpm@12.21.0 run bench --case hello,404       # some cases
npx pnpm@12.21.0 run bench --part functions       # of servers, functions, imports, bundles
npx pnpm@12.21.0 run bench --quick --compare      # fails where ours costs far more than these files say
\`\`\`

Before anything is timed, each answer is checked for status, content and fields, so that nobody is fast by doing less.

Versions: ${Object.entries(results.versions)
  .map((entry) => entry.join(' '))
  .join(', ')}.
`
