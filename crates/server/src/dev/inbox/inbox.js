// Shows the inbox and looks again every two seconds; what is open stays open.
"use strict";

const seen = new Set();

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function signatures(delivery) {
  const checks = Object.entries(delivery.signatures);
  const good = checks.length > 0 && checks.every(([, holds]) => holds);
  return element("span", good ? "✓ signatures verify" : "✗ signatures do not verify", good ? "good" : "bad");
}

function table(rows) {
  const made = element("table");
  for (const [name, value, className] of rows) {
    const row = element("tr");
    row.append(element("th", name), element("td", value, className));
    made.append(row);
  }
  return made;
}

function showDelivery(delivery) {
  const entry = element("details");
  const summary = element("summary");
  const answer = delivery.response_status ? `answered ${delivery.response_status} in ${delivery.response_time_ms} ms` : "no answer";
  const status = delivery.body ? delivery.body.status : delivery.type;
  const time = element("time", new Date(delivery.created_at).toLocaleTimeString());
  summary.append(element("strong", status), signatures(delivery), element("span", delivery.environment, "tag"),
    element("span", answer, delivery.status === "delivered" ? "quiet" : "bad"), element("span", `attempt ${delivery.attempt}`, "quiet"), time);
  const checks = Object.entries(delivery.signatures).map(([name, holds]) => [name, holds ? "verifies" : "does not verify", holds ? "good" : "bad"]);
  const headers = Object.entries(delivery.headers || {});
  const body = element("pre", delivery.body ? JSON.stringify(delivery.body, null, 2) : "erased with its session");
  entry.append(summary, table([["To", delivery.url], ["Destination", delivery.destination], ...checks, ...headers]), body);
  return entry;
}

function showMail(mail) {
  const entry = element("details");
  const summary = element("summary");
  summary.append(element("strong", mail.to), element("span", mail.subject), element("time", mail.date));
  entry.append(summary, element("pre", mail.text));
  return entry;
}

function showText(text) {
  const entry = element("details");
  const summary = element("summary");
  summary.append(element("strong", text.to), element("span", text.text.split("\n")[0]), element("time", text.date));
  entry.append(summary, element("pre", text.text));
  return entry;
}

function fill(place, counter, items, key, show) {
  const fresh = items.filter((item) => !seen.has(key(item)));
  if (fresh.length && place.querySelector(".empty")) place.replaceChildren();
  for (const item of fresh.reverse()) {
    seen.add(key(item));
    place.prepend(show(item));
  }
  counter.textContent = items.length ? `(${items.length})` : "";
}

async function look() {
  try {
    const inbox = await (await fetch("/dev/inbox.json")).json();
    const find = (id) => document.getElementById(id);
    fill(find("deliveries"), find("webhook-count"), inbox.deliveries, (delivery) => delivery.id, showDelivery);
    fill(find("texts"), find("text-count"), inbox.texts, (text) => `${text.date} ${text.to} ${text.text}`, showText);
    fill(find("mails"), find("mail-count"), inbox.mails, (mail) => `${mail.date} ${mail.to} ${mail.text}`, showMail);
  } catch {
    // The server is restarting; the next look will tell.
  }
  setTimeout(look, 2000);
}

look();
