"""Reads PDFs with another engine, all in one process, and prints what that took as one line of JSON.

text_peer.py pdf-inspector|opendataloader-pdf FILE...
"""
import json
import os
import resource
import sys
import tempfile

engine, files = sys.argv[1], sys.argv[2:]


def seconds():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


read = 0
if engine == "pdf-inspector":
    import pdf_inspector

    for file in files:
        try:
            read += pdf_inspector.process_pdf(file).markdown is not None
        except Exception:
            pass
else:
    import opendataloader_pdf

    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        try:
            opendataloader_pdf.convert(input_path=files, output_dir=folder, format=["markdown", "json"], quiet=True)
        except Exception:
            # It fails for one damaged file, and has read the others.
            pass
        read = sum(name.endswith(".md") for _, _, names in os.walk(folder) for name in names)
peaks = (resource.getrusage(who).ru_maxrss / 1e3 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({"cpu_s": seconds(), "read": read, "peak_mb": max(peaks)}))
