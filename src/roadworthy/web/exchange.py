"""Your data: what is the candidate's as files for other programs, and what came in from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from roadworthy.errors import BadInput, Refused
from roadworthy.exchange.bounded import LARGEST_BYTES, NOTHING
from roadworthy.exchange.calendar_days import KIND, given_entries, last_start
from roadworthy.exchange.foreign import KINDS, batches, import_file, undo_import
from roadworthy.exchange.formats import FORMATS, Sources, format_named
from roadworthy.web.guard import TOKEN_FIELD
from roadworthy.web.render import Renderer, checked_form, first, renderer, see_other, workspace
from roadworthy.workspace import Workspace

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, list[str]], Depends(checked_form)]
Desk = Annotated[Workspace, Depends(workspace)]
Page = Annotated[Renderer, Depends(renderer)]
LARGEST_FORM = LARGEST_BYTES + 100_000
"""The file at its cap, and the other fields beside it."""
ITEMS_SHOWN = 20


@dataclass(frozen=True)
class Upload:
    """A form with a file: ``wrong`` where the file cannot be taken as it was sent."""

    data: bytes
    name: str
    provenance: str
    wrong: BadInput | None = None


async def uploaded(request: Request) -> Upload:
    """The file of a form whose token was checked; one that is too large is never kept.

    What is too large is read to its end and thrown away, so that the browser shows the answer.
    """
    length = request.headers.get("content-length", "")
    known = length.isascii() and length.isdigit()
    if not known or int(length[:15]) > LARGEST_FORM:
        async for _ in request.stream():
            pass
        large = BadInput(
            f"{NOTHING} The file is larger than {LARGEST_BYTES // 1_000_000} MB."
            if known
            else f"{NOTHING} The file came without its length.",
            where="the file that was sent",
            mend="Split it and import the parts." if known else "Send it by the form of this page.",
        )
        return Upload(b"", "", "", large)
    async with request.form(max_files=1, max_fields=20) as form:
        token, said, file = form.get(TOKEN_FIELD), form.get("provenance"), form.get("file")
        request.app.state.guard.check_token(request, token if isinstance(token, str) else None)
        provenance = said if isinstance(said, str) else ""
        if not isinstance(file, UploadFile) or not file.filename:
            missing = BadInput(
                f"{NOTHING} No file was chosen.",
                where="the file",
                mend="Choose a CSV or JSON file.",
            )
            return Upload(b"", "", provenance, missing)
        return Upload(await file.read(LARGEST_BYTES + 1), file.filename, provenance)


@router.get("/your-data")
def show(request: Request, desk: Desk, page: Page, came: str = "", undone: int = 0) -> Response:
    """The formats, and what came in. ``came``: the import to tell about; '-' brought nothing."""
    return _page(request, desk, page, came=came, undone=bool(undone))


@router.post("/your-data/export/{name}")
def export(name: str, form: Form, desk: Desk) -> Response:
    """The file of a format, for the browser to keep."""
    wanted = format_named(name)
    start = first(form, "start") or None
    made = wanted.make(Sources(desk.course, desk.standing, desk.now(), desk.zone, start))
    return Response(
        made,
        media_type=wanted.media,
        headers={"Content-Disposition": f'attachment; filename="{wanted.file_name}"'},
    )


@router.post("/your-data/import")
def take_in(
    request: Request, sent: Annotated[Upload, Depends(uploaded)], desk: Desk, page: Page
) -> Response:
    """Keep what a file holds; what is wrong with it is told above the form."""
    try:
        if sent.wrong is not None:
            raise sent.wrong
        report = import_file(
            sent.data,
            sent.name,
            sent.provenance,
            journal=desk.journal,
            now=desk.now(),
            zone=desk.zone,
        )
    except (BadInput, Refused) as wrong:
        return _page(request, desk, page, wrong=wrong, provenance=sent.provenance)
    return see_other(f"/your-data?came={report.batch or '-'}#came")


@router.post("/your-data/undo/{batch}")
def undo(batch: str, form: Form, desk: Desk) -> Response:
    """Take out again what came in together."""
    undo_import(batch, journal=desk.journal, now=desk.now(), zone=desk.zone)
    return see_other("/your-data?undone=1#came")


def _page(
    request: Request,
    desk: Workspace,
    page: Renderer,
    *,
    came: str = "",
    undone: bool = False,
    wrong: BadInput | Refused | None = None,
    provenance: str = "",
) -> Response:
    return page.page(
        request,
        "your_data.html",
        status=wrong.http_status if wrong else 200,
        place="settings",
        formats=tuple(FORMATS.values()),
        answers=len(desk.course.state().responses),
        start=last_start(given_entries(desk.course.of_kinds(KIND))),
        batches=batches(desk.course.of_kinds(*KINDS))[::-1],
        shown=ITEMS_SHOWN,
        megabytes=LARGEST_BYTES // 1_000_000,
        came=came,
        undone=undone,
        wrong=wrong,
        provenance=provenance,
    )
