"""A first integration with Bonafide: one route starts a verification, one receives its result.

Settings come from the environment; see the README beside this folder.
"""

import json
import os
from datetime import datetime, timezone

import httpx
import uvicorn
from fastapi import FastAPI, HTTPException, Request

from signature import verify_webhook

BASE_URL = os.environ["BASE_URL"]
API_KEY = os.environ["DIDIT_API_KEY"]
WEBHOOK_SECRET = os.environ["DIDIT_WEBHOOK_SECRET"]
WORKFLOW_ID = os.environ["DIDIT_WORKFLOW_ID"]
APP_URL = os.environ["APP_URL"]

app = FastAPI()

# Your database: users by id, and the events that were already handled.
users: dict[str, dict] = {}
handled_events: set[str] = set()


def user(user_id: str) -> dict:
    return users.setdefault(user_id, {"id": user_id, "isVerified": False})


@app.post("/api/verify")
async def start_verification(user_id: str):
    """The user clicks "verify me": create a session and send them to its page."""
    async with httpx.AsyncClient() as client:
        answer = await client.post(
            f"{BASE_URL}/v3/session/",
            headers={"x-api-key": API_KEY},
            json={
                "workflow_id": WORKFLOW_ID,
                "callback": f"{APP_URL}/verification-complete",
                "vendor_data": user_id,
            },
        )
    if answer.is_error:
        raise HTTPException(status_code=502, detail=f"Bonafide refused: {answer.text}")
    session = answer.json()
    user(user_id)["verificationSessionId"] = session["session_id"]
    return {"verification_url": session["url"], "session_token": session["session_token"]}


@app.post("/api/webhook")
async def receive_webhook(request: Request):
    """Bonafide calls back: believe nothing before the signature is checked."""
    try:
        event = json.loads(await request.body())
    except ValueError:
        raise HTTPException(status_code=401, detail="Invalid signature") from None
    signature = request.headers.get("X-Signature-V2")
    timestamp = request.headers.get("X-Timestamp")
    if not verify_webhook(event, signature, timestamp, WEBHOOK_SECRET):
        raise HTTPException(status_code=401, detail="Invalid signature")
    # A retry carries the same event_id: answer 200 again, act only once.
    if event["event_id"] not in handled_events:
        handled_events.add(event["event_id"])
        if event.get("status") == "Approved":
            verified_at = datetime.now(timezone.utc).isoformat()
            user(event["vendor_data"]).update(isVerified=True, verifiedAt=verified_at)
    return {"received": True}


@app.get("/api/users/{user_id}")
async def show_user(user_id: str):
    return users.get(user_id, {"id": user_id, "isVerified": False})


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8000")))
