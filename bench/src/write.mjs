// Writes README.md and its picture from results.json.
//
//   node src/write.mjs           write them
//   node src/write.mjs --check   exit 1 with a sentence if they are not what it would write
import { writeFiles } from './report/files.mjs'

const isCheck = process.argv.includes('--check')
const differing = await writeFiles({ isCheck })
if (isCheck && differing.length > 0) {
  console.error(
    `bench: ${differing.join(', ')} differ from results.json: run \`npm run generate\`.`,
  )
  process.exitCode = 1
}
