"""schemathesis over Bonafide: the vendor's OpenAPI document for the operations that both have, then our own.

    conformance.py vendor   the vendor's document, where `../shared/contract` has it; says so where it does not
    conformance.py own      the document that the server under test serves

BONAFIDE_READY is the line that `bonafide dev --json` prints. What is checked: no 5xx, no undocumented status, media type
and body as documented. Extra arguments go to schemathesis.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

READY = json.loads(os.environ["BONAFIDE_READY"])
BASE_URL = READY["base_url"]
KEY = READY["sandbox"]["api_key"]
ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT.parent / "shared/contract/didit-v3-openapi.json"
METHODS = {"get", "post", "put", "patch", "delete"}
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"

# Refusals that every server gives and the vendor's document leaves out: a body that is too large, of another media type
# or for another method, a path that is no path, an Idempotency-Key that is in use, too many requests.
GENERAL = {"400", "403", "404", "405", "409", "413", "415", "422", "429"}

# The vendor's document calls leaves of reports non-null that are null in practice, and in its own examples: a side that was
# not captured, a field that the document does not have (features.md, section 0).
REPORTS = ["/v3/session/{}/decision", "/v3/session/{}"]

EXPANDED_FEATURES = {"type": "array", "items": {
    "type": "object", "required": ["feature", "node_id"],
    "properties": {"feature": {"type": "string"}, "node_id": {"type": "string"}},
}}


def api(method, path, body=None):
    answer = httpx.request(method, BASE_URL + path, json=body, headers={"x-api-key": KEY}, timeout=60)
    assert answer.is_success, f"{method} {path} answered {answer.status_code}: {answer.text}"
    return answer.json() if answer.content else None


def bare(path):
    """A path with its parameters' names forgotten."""
    return re.sub(r"\{[^}]+\}", "{}", path).rstrip("/")


def operations(document):
    return {(method, bare(path)) for path, item in document["paths"].items() for method in item if method in METHODS}


def common(vendor, ours):
    """The vendor's document without the operations that we do not have (yet)."""
    have = operations(ours)
    paths = {}
    for path, item in vendor["paths"].items():
        kept = {name: value for name, value in item.items() if name not in METHODS or (name, bare(path)) in have}
        if any(name in METHODS for name in kept):
            paths[path] = kept
    return {**vendor, "paths": paths}


def document_general_refusals(document):
    for item in document["paths"].values():
        for method, operation in item.items():
            if method in METHODS:
                for status in GENERAL - set(operation["responses"]):
                    operation["responses"][status] = {"description": "A refusal that every operation may give."}


def allow_null_leaves(schema):
    """Every value inside a report may be null."""
    if isinstance(schema, dict):
        for name, inner in schema.items():
            if name == "properties":
                for leaf in inner.values():
                    leaf.setdefault("nullable", True)
                    allow_null_leaves(leaf)
            elif name in ("items", "oneOf", "anyOf", "allOf"):
                allow_null_leaves(inner)
    elif isinstance(schema, list):
        for inner in schema:
            allow_null_leaves(inner)


def relax_reports(document):
    for path, item in document["paths"].items():
        if bare(path) in REPORTS and "get" in item:
            content = item["get"]["responses"].get("200", {}).get("content", {})
            allow_null_leaves(content.get("application/json", {}).get("schema", {}))


def allow_decided(document):
    """Where the vendor's document contradicts itself or the contract's decisions, by name.

    metadata is any JSON value and comes back as given; importing a share without a valid token answers 401; with
    include=events the features are {feature, node_id} objects, as the description of that parameter says.
    """
    schemas = document["components"]["schemas"]
    for name in ("EmailVerificationSendResponse", "PhoneVerificationSendResponse"):
        schemas[name]["properties"]["metadata"] = {}
    for path, item in document["paths"].items():
        if bare(path) == "/v3/session/import-shared" and "post" in item:
            item["post"]["responses"]["401"] = {"description": "The share token is not valid."}
        if bare(path) == "/v3/session/{}/decision" and "get" in item:
            schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            features = schema["properties"]["features"]
            schema["properties"]["features"] = {"anyOf": [features, EXPANDED_FEATURES]}


def destroys(method, path):
    """Whether an operation takes away what the others are shown."""
    return method == "delete" or bare(path).endswith("/delete")


def part(document, wanted):
    paths = {}
    for path, item in document["paths"].items():
        kept = {name: value for name, value in item.items() if name not in METHODS or wanted(name, path)}
        if any(name in METHODS for name in kept):
            paths[path] = kept
    return {**document, "paths": paths}


def fixtures():
    """Objects that paths can name, so that more than 404 is seen."""
    session = api("POST", "/v3/session/", {"workflow_id": READY["workflows"]["kyc"], "vendor_data": "conformance",
                                           "sandbox_scenario": "approve"})
    api("POST", f"/v3/session/{session['session_id']}/sandbox/complete/", {})
    destination = api("GET", "/v3/webhook/destinations/")[0]
    workflow = api("GET", "/v3/workflows/")["results"][0]
    return {
        "session_id": session["session_id"], "sessionId": session["session_id"], "nodeId": "id_verification_1",
        "destination_uuid": destination["uuid"], "settings_uuid": workflow["uuid"], "vendor_data": "conformance",
    }


def run(name, document, arguments):
    document["servers"] = [{"url": BASE_URL}]
    with tempfile.TemporaryDirectory() as folder:
        schema, config = Path(folder) / f"{name}.json", Path(folder) / "schemathesis.toml"
        schema.write_text(json.dumps(document))
        values = "".join(f'"path.{key}" = "{value}"\n' for key, value in fixtures().items())
        config.write_text(f"[parameters]\n{values}")
        command = [
            Path(sys.executable).with_name("schemathesis"), "--config-file", str(config), "run", str(schema),
            "--url", BASE_URL, "--header", f"x-api-key: {KEY}", "--checks", CHECKS, "--phases", "examples,coverage,fuzzing",
            "--max-examples", "15", "--seed", "1", "--generation-deterministic", "--continue-on-failure",
            "--suppress-health-check", "all", "--warnings", "off", "--no-color", *arguments,
        ]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    cases = re.search(r"(\d+) generated.*", done.stdout)
    print(f"  {name}: {len(operations(document))} operations, {cases.group(0) if cases else 'no summary'}")
    if done.returncode != 0:
        print(done.stdout, done.stderr)
    return done.returncode


def run_parts(name, document, arguments):
    """First what changes and reads, then what destroys."""
    kept = run(name, part(document, lambda method, path: not destroys(method, path)), arguments)
    destroyed = run(f"{name}, deletions", part(document, destroys), arguments)
    return kept or destroyed


def main():
    which, arguments = sys.argv[1], sys.argv[2:]
    ours = httpx.get(f"{BASE_URL}/openapi.json").json()
    if which == "own":
        sys.exit(run_parts("our own document", part(ours, lambda _, path: path.startswith(("/v1/", "/v3/"))), arguments))
    if not VENDOR.exists():
        print(f"  {VENDOR} is not here: the vendor's document is not checked")
        return
    vendor = common(json.loads(VENDOR.read_text()), ours)
    document_general_refusals(vendor)
    relax_reports(vendor)
    allow_decided(vendor)
    sys.exit(run_parts("the vendor's document", vendor, arguments))


main()
