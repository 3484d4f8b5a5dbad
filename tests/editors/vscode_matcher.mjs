// The problem matcher of the extension on what `arm64ecd check --format=gcc` really prints.
//   usage: node vscode_matcher.mjs PACKAGE.JSON OUTPUT
import { appendFileSync, readFileSync } from "node:fs";

const [manifestPath, outputPath] = process.argv.slice(2);
const pattern = JSON.parse(readFileSync(manifestPath, "utf8")).contributes.problemMatchers[0].pattern;
const lines = readFileSync(outputPath, "utf8").split("\n").filter((line) => line !== "");
console.log(lines.join("\n"));

function report(passed, what) {
    appendFileSync(process.env.REPORT, `${passed ? "ok   " : "FAIL "}vscode: ${what}\n`);
}

const matches = lines.map((line) => new RegExp(pattern.regexp).exec(line));
const found = matches.find((match) => match?.[pattern.code] === "EC501");
report(lines.length > 0 && matches.every((match) => match !== null), "the problem matcher takes every line of check");
report(
    found?.[pattern.file] === "first.c" && found?.[pattern.line] === "5" && found?.[pattern.severity] === "error",
    "it reads file, line, severity and code of EC501",
);
report(
    found !== undefined && found[pattern.message].includes("x13") && !found[pattern.message].includes("EC501"),
    "and the message without the code",
);
