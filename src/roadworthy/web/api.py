"""The JSON face: what Today, the plan and the readiness say, for other programs on this machine."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api", tags=["standing"])
