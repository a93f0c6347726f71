"""The page in a real browser, against the real program.

    browser_test.py PROGRAM FOLDER

FOLDER is for the data; COLOPHON_SCREENSHOTS may name one for pictures. COLOPHON_BROWSER_TESTS may name the tests to run.
"""

import os
import signal
import sys
import time
import traceback

# In this order: what one of them leaves in the workspace the next ones find there.
import list_tests  # noqa: F401
import document_tests  # noqa: F401
import feed_tests  # noqa: F401
import queue_tests  # noqa: F401
import look_tests  # noqa: F401
from webdriver import Driver
from world import TESTS, World


def main():
    program, folder = sys.argv[1:3]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    wanted = os.environ.get("COLOPHON_BROWSER_TESTS", "").split()
    failed = []
    with Driver() as driver:
        world = World(program, folder, driver)
        try:
            world.server.start()
            for each in TESTS:
                if wanted and each.__name__ not in wanted:
                    continue
                start = time.monotonic()
                try:
                    each(world)
                    print(f"ok      {each.__name__} ({time.monotonic() - start:.1f} s)", flush=True)
                except Exception:
                    failed.append(each.__name__)
                    print(f"FAILED  {each.__name__}\n{traceback.format_exc()}", flush=True)
                    for browser in driver.browsers:
                        if browser.session:
                            print("  console:", browser.complaints(), flush=True)
                            browser.screenshot(os.path.join(folder, each.__name__ + ".png"))
                            browser.close()
        finally:
            world.server.stop()
    sys.exit(1 if failed else 0)


main()
