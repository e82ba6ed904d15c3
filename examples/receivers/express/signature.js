// Checks X-Signature-V2: HMAC-SHA256 over the body in canonical form, so that a framework which
// parses and re-writes JSON does not break it.
const crypto = require("node:crypto");

const MAX_AGE_SECONDS = 300;

// JSON.parse already turns 95.0 into 95, so only the order of keys has to be restored.
function sortKeys(value) {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  const sorted = {};
  for (const key of Object.keys(value).sort()) sorted[key] = sortKeys(value[key]);
  return sorted;
}

function canonical(rawBody) {
  return JSON.stringify(sortKeys(JSON.parse(rawBody)));
}

function verifyWebhook(rawBody, signature, timestamp, secret) {
  const sentAt = Number.parseInt(timestamp, 10);
  const age = Math.abs(Math.floor(Date.now() / 1000) - sentAt);
  if (!signature || !Number.isFinite(age) || age > MAX_AGE_SECONDS) return false;

  let text;
  try {
    text = canonical(rawBody);
  } catch {
    return false; // not JSON
  }
  const expected = Buffer.from(crypto.createHmac("sha256", secret).update(text, "utf8").digest("hex"));
  const received = Buffer.from(signature);
  return expected.length === received.length && crypto.timingSafeEqual(expected, received);
}

module.exports = { canonical, verifyWebhook };
