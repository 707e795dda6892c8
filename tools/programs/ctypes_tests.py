# SPDX-License-Identifier: MIT
"""CPython's own tests of ctypes: one line for each, with its verdict."""

import io
import sys
import unittest

import ctypes.test


class Verdicts(unittest.TextTestResult):
    def stopTest(self, test):
        super().stopTest(test)
        kinds = [kind for kind in ("errors", "failures", "expectedFailures", "skipped")
                 if any(case is test for case, _ in getattr(self, kind))]
        print(test.id(), *kinds or ["ok"])


suite = unittest.TestLoader().discover("ctypes.test")
runner = unittest.TextTestRunner(stream=io.StringIO(), resultclass=Verdicts)
result = runner.run(suite)
print(result.testsRun, "tests")
for test, trace in result.errors + result.failures:
    print(test, trace, file=sys.stderr)
sys.exit(0 if result.wasSuccessful() and result.testsRun > 100 else 1)
