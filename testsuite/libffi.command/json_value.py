# SPDX-License-Identifier: MIT
"""Print a value of the JSON that a command prints: json_value.py FILE EXPRESSION, in which
`it' is the whole.  Fails if it is not JSON."""

import json
import sys

with open(sys.argv[1], encoding='ascii') as file:
    print(eval(sys.argv[2], {'it': json.load(file)}))
