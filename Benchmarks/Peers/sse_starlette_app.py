"""The usual stream of events in Python, FastAPI and sse-starlette: one queue in memory for each subscriber.

  uvicorn sse_starlette_app:app --host 127.0.0.1 --port PORT --log-level warning
"""
import asyncio
from fastapi import FastAPI, Request
from sse_starlette.sse import EventSourceResponse

app = FastAPI()
subs = set()


@app.get("/sub")
async def sub(request: Request):
    q = asyncio.Queue(maxsize=10000); subs.add(q)
    async def gen():
        try:
            while True:
                i, d = await q.get(); yield {"id": str(i), "event": "message", "data": d}
        finally: subs.discard(q)
    return EventSourceResponse(gen(), ping=15)


n = 0


@app.post("/pub")
async def pub(request: Request):
    global n
    d = (await request.body()).decode(); n += 1
    for q in subs: q.put_nowait((n, d))
    return {"subscribers": len(subs)}
