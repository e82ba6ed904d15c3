"""didit-sdk, unmodified: `didit doctor`, a session from creation to a webhook behind its FastAPI guard, and the rest.

BONAFIDE_READY is the line that `bonafide dev --json` prints.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx
import uvicorn
from didit import Didit
from didit.dedup import InMemoryWebhookReservationStore
from didit.errors import DiditNotFoundError, DiditPermissionError
from didit.integrations.fastapi import DiditWebhookGuard, DiditWebhookRoute
from didit.models.webhook import WebhookPayload
from fastapi import APIRouter, Depends, FastAPI

READY = json.loads(os.environ["BONAFIDE_READY"])
BASE_URL = f"{READY['base_url']}/v3"
KEY = READY["sandbox"]["api_key"]
WORKFLOW = READY["workflows"]["kyc"]
VENDOR = f"python-{int(time.time() * 1000)}"
DIDIT = Path(sys.executable).with_name("didit")


def until(what, look, seconds=60):
    """Looks until there is something to see."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what} did not happen within {seconds} s")


def command_line(*arguments, key=KEY):
    """What the package's own program answers as JSON."""
    environment = {**os.environ, "DIDIT_API_KEY": key, "DIDIT_BASE_URL": BASE_URL, "DIDIT_WEBHOOK_SECRET": "x"}
    done = subprocess.run([DIDIT, *arguments, "--json"], env=environment, capture_output=True, text=True)
    return json.loads(done.stdout)


def api(method, path, body=None):
    answer = httpx.request(method, READY["base_url"] + path, json=body, headers={"x-api-key": KEY})
    assert answer.is_success, f"{method} {path} answered {answer.status_code}: {answer.text}"
    return answer.json() if answer.content else None


class Receiver:
    """A FastAPI program behind the package's guard."""

    def __init__(self):
        self.taken = []
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/webhook"
        self.destination = api("POST", "/v3/webhook/destinations/", {
            "label": VENDOR, "url": self.url, "webhook_version": "v3", "subscribed_events": ["status.updated"],
        })
        store = InMemoryWebhookReservationStore()
        guard = DiditWebhookGuard(self.destination["secret_shared_key"], dedup_store=store, duplicate_action="respond_ok")
        router = APIRouter(route_class=DiditWebhookRoute)

        @router.post("/webhook")
        async def webhook(payload: WebhookPayload = Depends(guard)):
            self.taken.append(payload)
            return {"received": True}

        app = FastAPI()
        app.include_router(router)
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        threading.Thread(target=self.server.run, kwargs={"sockets": [listener]}, daemon=True).start()

    def wait_for(self, session_id, status):
        seen = lambda: [event for event in self.taken if (event.session_id, event.status.value) == (session_id, status)]
        return until(f"the webhook {status}", seen)[0]

    def close(self):
        api("DELETE", f"/v3/webhook/destinations/{self.destination['uuid']}/")
        self.server.should_exit = True


def doctor():
    report = command_line("doctor", "--strict")
    assert report["status"] == "ok" and report["authenticated"] and report["connectivity"] == "ok", report
    refused = command_line("doctor", key="wrong")
    assert refused["error"]["code"] == "PERMISSION_DENIED", refused


def sessions(client, receiver):
    made = client.sessions.create(workflow_id=WORKFLOW, vendor_data=VENDOR, sandbox_scenario="approve",
                                  metadata={"plan": "señor 😀", "ratio": 0.25}, callback_method="completer")
    assert made.status.value == "Not Started" and made.url.startswith(READY["base_url"])
    api("POST", f"/v3/session/{made.session_id}/sandbox/complete/", {})
    event = receiver.wait_for(made.session_id, "Approved")
    assert event.metadata == {"plan": "señor 😀", "ratio": 0.25} and event.environment == "sandbox"
    decision = client.sessions.poll_decision(made.session_id)
    assert decision.status.value == "Approved" and decision.id_verifications[0].document_number
    assert event.decision.id_verifications[0].document_number == decision.id_verifications[0].document_number
    assert client.sessions.get(made.session_id).status.value == "Approved"
    page = client.sessions.list(vendor_data=VENDOR)
    assert page.count == 1 and page.results[0].session_id == made.session_id
    assert client.sessions.list(vendor_data=VENDOR, status="Declined").count == 0

    client.sessions.update_status(made.session_id, "Declined", comment="A second look.")
    receiver.wait_for(made.session_id, "Declined")
    client.sessions.resubmit(made.session_id, nodes_to_resubmit=[{"node_id": decision.id_verifications[0].node_id, "feature": "OCR"}])
    receiver.wait_for(made.session_id, "Resubmitted")
    try:
        client.sessions.get_decision("00000000-0000-4000-8000-000000000000")
        raise AssertionError("an unknown session was found")
    except DiditNotFoundError:
        pass
    try:
        Didit(api_key="wrong", base_url=BASE_URL).sessions.list()
        raise AssertionError("a wrong key was taken")
    except DiditPermissionError:
        pass


def report(client):
    made = client.sessions.create(workflow_id=WORKFLOW, vendor_data=f"{VENDOR}-pdf", sandbox_scenario="approve")
    api("POST", f"/v3/session/{made.session_id}/sandbox/complete/", {})
    with tempfile.TemporaryDirectory() as folder:
        saved = client.sessions.download_pdf_report(made.session_id, destination=Path(folder) / "report.pdf")
        assert saved.read_bytes().startswith(b"%PDF-")


def imports(client):
    template = client.session_imports.get_template(import_type="user_verification")
    assert template
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "users.csv"
        file.write_text(f"external_id,vendor_data,status,first_name,last_name\n"
                        f"{VENDOR}-a,{VENDOR}-1,Approved,Ana,Lopez\n{VENDOR}-b,{VENDOR}-2,Nonsense,Bo,Li\n")
        job = client.session_imports.create(import_type="user_verification", workflow_id=WORKFLOW, file=file)
    done = until("the import", lambda: (found := client.session_imports.get(job.uuid)).is_terminal and found)
    assert (done.total_rows, done.processed_rows, done.failed_count) == (2, 2, 1), done
    assert client.session_imports.list_errors(job.uuid).count == 1, "the row without a status is named"


def scenarios():
    catalogue = command_line("sandbox", "scenarios", "--strict")
    assert catalogue["count"] == 16, catalogue


def main():
    doctor()
    client = Didit(api_key=KEY, base_url=BASE_URL)
    assert client.healthcheck().status == "ok"
    receiver = Receiver()
    try:
        sessions(client, receiver)
        report(client)
        # Past verifications are of real people: a sandbox has none.
        imports(Didit(api_key=READY["live"]["api_key"], base_url=BASE_URL))
        scenarios()
    finally:
        receiver.close()
    print(f"  didit-sdk: doctor, {len(receiver.taken)} webhooks behind the FastAPI guard")


main()
