"""Checks X-Signature-V2: HMAC-SHA256 over the body in canonical form.

The form survives frameworks that parse JSON and write it again: whole floats become integers,
keys are sorted, there are no spaces, and characters beyond ASCII stay as they are.
"""

import hashlib
import hmac
import json
import time

MAX_AGE_SECONDS = 300


def shorten_floats(value):
    if isinstance(value, dict):
        return {key: shorten_floats(member) for key, member in value.items()}
    if isinstance(value, list):
        return [shorten_floats(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def canonical(payload) -> str:
    return json.dumps(shorten_floats(payload), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def verify_webhook(payload, signature: str | None, timestamp: str | None, secret: str) -> bool:
    try:
        age = abs(int(time.time()) - int(timestamp or ""))
    except ValueError:
        return False
    if not signature or age > MAX_AGE_SECONDS:
        return False
    expected = hmac.new(secret.encode(), canonical(payload).encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(signature.encode(), expected.encode())
