"""Answers `true` or `false` to each case on standard input.

V2 by the example's own module, the other two signatures as core-api §6.5 defines them.
"""

import hashlib
import hmac
import json
import os
import sys

sys.path.insert(0, sys.argv[1])
from signature import verify_webhook  # noqa: E402

SECRET = os.environ["DIDIT_WEBHOOK_SECRET"]


def hmac_hex(text: str) -> str:
    return hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()


for line in sys.stdin.buffer:
    case = json.loads(line)
    event = json.loads(case["body"])
    named = [event.get(name) for name in ("timestamp", "session_id", "status", "webhook_type")]
    fields = ["" if value is None else str(value) for value in named]
    holds = (
        verify_webhook(event, case["v2"], case["timestamp"], SECRET)
        and hmac_hex(case["body"]) == case["raw"]
        and hmac_hex(":".join(fields)) == case["simple"]
    )
    print("true" if holds else "false")
