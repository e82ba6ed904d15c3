"""Answers `true` or `false` to each case on standard input with the guide's own handler.

The handler's text is in the file named on the command line. It runs unchanged; only the two
packages that it imports are stood in for, because no request is made over a network here.
"""

import asyncio
import json
import sys
import types


class HTTPException(Exception):
    def __init__(self, status_code, detail):
        super().__init__(status_code, detail)


class FastAPI:
    def post(self, _path):
        return lambda handler: handler


class Request:
    def __init__(self, case):
        self.case = case
        self.headers = {"X-Signature-V2": case["v2"], "X-Timestamp": case["timestamp"]}

    async def json(self):
        return json.loads(self.case["body"])


fastapi = types.ModuleType("fastapi")
fastapi.FastAPI, fastapi.Request, fastapi.HTTPException = FastAPI, Request, HTTPException
sys.modules["fastapi"] = fastapi
sys.modules["httpx"] = types.ModuleType("httpx")

guide = {}
with open(sys.argv[1], encoding="utf-8") as file:
    exec(file.read(), guide)  # the test's own, vetted text

for line in sys.stdin.buffer:
    try:
        answer = asyncio.run(guide["handle_webhook"](Request(json.loads(line))))
        print("true" if answer == {"received": True} else "false")
    except HTTPException:
        print("false")
