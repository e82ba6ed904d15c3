// Answers `true` or `false` to each case on standard input: V2 by the example's own module, the
// other two signatures as core-api §6.5 defines them.
const crypto = require("node:crypto");
const fs = require("node:fs");

const { verifyWebhook } = require(process.argv[2]);
const secret = process.env.DIDIT_WEBHOOK_SECRET;
const hmac = (text) => crypto.createHmac("sha256", secret).update(text, "utf8").digest("hex");

for (const line of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { body, v2, raw, simple, timestamp } = JSON.parse(line);
  const event = JSON.parse(body);
  const fields = [event.timestamp, event.session_id, event.status, event.webhook_type].join(":");
  const v2Holds = verifyWebhook(body, v2, timestamp, secret);
  console.log(v2Holds && hmac(body) === raw && hmac(fields) === simple);
}
