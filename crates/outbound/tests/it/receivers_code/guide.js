// Answers `true` or `false` to each case on standard input with the guide's own function, whose
// text is in the file named on the command line.
const fs = require("node:fs");

const code = fs.readFileSync(process.argv[2], "utf8");
const verifyWebhook = new Function("require", `${code}\nreturn verifyWebhook;`)(require);

for (const line of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { body, v2, timestamp } = JSON.parse(line);
  console.log(verifyWebhook(body, v2, timestamp, process.env.DIDIT_WEBHOOK_SECRET));
}
