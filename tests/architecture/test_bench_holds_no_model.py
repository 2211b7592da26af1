"""The product's rows come from the product: nothing in bench/ outside bench/peers/ fits a model."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "bench"
# What a fit or a link function is made of. A benchmark loads, calls, subtracts and averages.
MODEL_CALLS = {
    "exp",
    "expit",
    "expm1",
    "logaddexp",
    "sigmoid",
    "logistic",
    "tanh",
    "erf",
    "minimize",
    "curve_fit",
    "polyfit",
    "lstsq",
    "linalg",
    "optimize",
    "special",
}
MODEL_PACKAGES = {"scipy", "sklearn", "torch", "jax", "statsmodels"}


def model_code(source: str) -> list[str]:
    """Names in ``source`` that belong to fitting or to a link function, with their lines."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in MODEL_CALLS:
            found.append(f"line {node.lineno}: {node.attr}")
        elif isinstance(node, ast.Import):
            found += [
                f"line {node.lineno}: {alias.name}"
                for alias in node.names
                if alias.name.split(".")[0] in MODEL_PACKAGES or alias.name.endswith(".linalg")
            ]
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module.split(".")[0] in MODEL_PACKAGES:
                found.append(f"line {node.lineno}: {node.module}")
            elif node.module.startswith(("numpy", "math")):
                found += [
                    f"line {node.lineno}: {alias.name}"
                    for alias in node.names
                    if alias.name in MODEL_CALLS
                ]
        elif isinstance(node, ast.FunctionDef) and node.name.strip("_") in MODEL_CALLS:
            found.append(f"line {node.lineno}: def {node.name}")
        elif (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Pow)
            and isinstance(node.left, ast.Attribute)
            and node.left.attr == "e"
        ):
            found.append(f"line {node.lineno}: e **")
    return found


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_bench_fits_nothing_outside_its_peers(path: Path) -> None:
    """A module of bench/ has no solver, optimiser or link function; peers/ alone may."""
    assert model_code(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "p = 1 / (1 + np.exp(-x))",
        "step = np.linalg.solve(a, b)",
        "from scipy.optimize import minimize",
        "from math import exp",
        "from numpy import linalg",
        "import numpy.linalg",
        "def sigmoid(x): return x",
        "p = 1 / (1 + math.e ** -x)",
    ],
)
def test_the_rule_sees_model_code(line: str) -> None:
    """Each way to write a sigmoid or a fit into a benchmark turns the rule red."""
    assert model_code(line)


def test_only_the_door_names_the_stream_of_the_learner() -> None:
    """No module but bench/product.py reaches the learner's stream, so rows have one origin."""
    reaching = [
        path.name for path in FOLDER.rglob("*.py") if "learner.stream" in path.read_text("utf-8")
    ]
    assert reaching == ["product.py"]
