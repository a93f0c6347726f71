#!/usr/bin/env python3
"""Checks DoclingDocument JSON files against docling-core.

Loads every *.json of a folder in docling-core's model and prints what it refuses. With --markdown each file's Markdown
export is compared with NAME.md beside it, with --text its plain text with NAME.txt; --record writes these files
instead. Exits with 1 when anything fails.

Needs docling-core; the version that the project is checked with is in Docs/docling-document.md.
"""

import argparse
import difflib
import logging
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from docling_core.types.doc.document import DoclingDocument  # noqa: E402


def first_difference(expected: str, actual: str) -> str:
    lines = difflib.unified_diff(expected.splitlines(), actual.splitlines(), "beside the JSON", "docling-core", lineterm="", n=0)
    return "\n".join(list(lines)[:12])


def check(path: pathlib.Path, suffix: str, export, record: bool) -> bool:
    beside = path.with_suffix(suffix)
    actual = export()
    if record:
        beside.write_text(actual, encoding="utf-8", newline="")
        return True
    if not beside.exists():
        print(f"{path.name}: {beside.name} is missing")
        return False
    with beside.open(encoding="utf-8", newline="") as file:
        expected = file.read()
    if expected == actual:
        return True
    print(f"{path.name}: differs from {beside.name}\n{first_difference(expected, actual)}")
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--markdown", action="store_true", help="compare the Markdown export with NAME.md")
    parser.add_argument("--text", action="store_true", help="compare the plain text with NAME.txt")
    parser.add_argument("--record", action="store_true", help="write NAME.md and NAME.txt instead of comparing")
    arguments = parser.parse_args()

    paths = sorted(arguments.folder.glob("*.json"))
    failures = 0
    for path in paths:
        try:
            document = DoclingDocument.model_validate_json(path.read_bytes())
        except Exception as error:  # pydantic names the member; any other error is a failure as well
            print(f"{path.name}: {error}")
            failures += 1
            continue
        good = True
        if arguments.markdown or arguments.record:
            good &= check(path, ".md", document.export_to_markdown, arguments.record)
        if arguments.text or arguments.record:
            good &= check(path, ".txt", document.export_to_text, arguments.record)
        failures += not good
    print(f"{len(paths) - failures} of {len(paths)} documents pass")
    return 1 if failures or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
