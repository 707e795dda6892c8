# SPDX-License-Identifier: MIT
# Step to the closure's code, then through it, with a backtrace at each instruction.
set pagination off
set confirm off
set debuginfod enabled off
set width 0
break ready
run
finish
set $steps = 0
while $pc != (unsigned long) code && $steps < 1000
  stepi
  set $steps = $steps + 1
end
set $steps = 0
while $pc - (unsigned long) code < 32 && $steps < 10
  echo at a trampoline\n
  backtrace
  stepi
  set $steps = $steps + 1
end
kill
