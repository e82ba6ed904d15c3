// A first integration with Bonafide: one route starts a verification, one receives its result.
// Settings come from the environment; see the README beside this folder.
const express = require("express");
const { verifyWebhook } = require("./signature");

const settings = {
  baseUrl: process.env.BASE_URL,
  apiKey: process.env.DIDIT_API_KEY,
  webhookSecret: process.env.DIDIT_WEBHOOK_SECRET,
  workflowId: process.env.DIDIT_WORKFLOW_ID,
  appUrl: process.env.APP_URL,
};

// Your database: users by id, and the events that were already handled.
const users = new Map();
const handledEvents = new Set();

function user(id) {
  if (!users.has(id)) users.set(id, { id, isVerified: false });
  return users.get(id);
}

const app = express();

// The user clicks "verify me": create a session and send them to its page.
app.post("/api/verify", express.json(), async (req, res) => {
  const { userId } = req.body ?? {};
  if (typeof userId !== "string") return res.status(400).json({ error: "userId is required" });
  const answer = await fetch(`${settings.baseUrl}/v3/session/`, {
    method: "POST",
    headers: { "x-api-key": settings.apiKey, "Content-Type": "application/json" },
    body: JSON.stringify({
      workflow_id: settings.workflowId,
      callback: `${settings.appUrl}/verification-complete`,
      vendor_data: userId,
    }),
  });
  if (!answer.ok) return res.status(502).json({ error: "Bonafide refused", details: await answer.text() });
  const session = await answer.json();
  user(userId).verificationSessionId = session.session_id;
  res.json({ verificationUrl: session.url, sessionToken: session.session_token });
});

// Bonafide calls back. The signature covers the body, so take the bytes before anyone parses them.
app.post("/api/webhook", express.raw({ type: "application/json", limit: "5mb" }), (req, res) => {
  const body = Buffer.isBuffer(req.body) ? req.body.toString("utf8") : "";
  const signature = req.get("X-Signature-V2");
  const timestamp = req.get("X-Timestamp");
  if (!verifyWebhook(body, signature, timestamp, settings.webhookSecret)) {
    return res.status(401).json({ error: "Invalid signature" });
  }
  const event = JSON.parse(body);
  // A retry carries the same event_id: answer 200 again, act only once.
  if (!handledEvents.has(event.event_id)) {
    handledEvents.add(event.event_id);
    if (event.status === "Approved") {
      Object.assign(user(event.vendor_data), { isVerified: true, verifiedAt: new Date().toISOString() });
    }
  }
  res.json({ received: true });
});

app.get("/api/users/:id", (req, res) => res.json(users.get(req.params.id) ?? { id: req.params.id, isVerified: false }));

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
