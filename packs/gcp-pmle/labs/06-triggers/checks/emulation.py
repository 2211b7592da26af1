"""The storage emulator, in this process. Nothing to mend here.

It ignores preconditions, so `if_generation_match` on uploads is added here.
"""

from http import HTTPStatus

from gcp_storage_emulator import server
from gcp_storage_emulator.exceptions import NotFound
from gcp_storage_emulator.handlers import objects

_insert = objects.insert


def begin():
    """A running emulator and its address; `stop()` ends it."""
    made = server.create_server("127.0.0.1", 0, in_memory=True)
    made._api.daemon = True
    made.start()
    return made, f"http://127.0.0.1:{made._api._httpd.server_port}"


def _guarded(request, response, storage, *args, **kwargs):
    """An upload, unless the object is of another generation than asked for."""
    wanted = request.query.get("ifGenerationMatch")
    if wanted and "upload_id" not in request.query:
        about = request.data if isinstance(request.data, dict) else {}
        name = request.query.get("name", [about.get("meta", about).get("name")])[0]
        try:
            found = storage.get_file_obj(request.params["bucket_name"], name)["generation"]
        except NotFound:
            found = "0"
        if str(found) != wanted[0]:
            response.status = HTTPStatus.PRECONDITION_FAILED
            response.json({"error": {"code": 412, "message": "conditionNotMet"}})
            return None
    return _insert(request, response, storage, *args, **kwargs)


objects.insert = _guarded
for _, handlers in server.HANDLERS:
    for method, handler in handlers.items():
        if handler is _insert:
            handlers[method] = _guarded
