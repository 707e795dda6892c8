; SPDX-License-Identifier: MIT
; LLVM's interpreter: it calls functions that it does not have the code of by ffi_call.
@format = constant [18 x i8] c"%d %ld %.2f %.1f\0A\00"
@text = constant [6 x i8] c"2.5e3\00"
@number = constant [5 x i8] c"1234\00"

declare i32 @printf (ptr, ...)
declare i32 @abs (i32)
declare i64 @strtol (ptr, ptr, i32)
declare double @atof (ptr)
declare double @ldexp (double, i32)
declare i32 @puts (ptr)

define i32 @main ()
{
  %a = call i32 @abs (i32 -42)
  %b = call i64 @strtol (ptr @number, ptr null, i32 8)
  %c = call double @ldexp (double 1.5, i32 10)
  %d = call double @atof (ptr @text)
  %1 = call i32 (ptr, ...) @printf (ptr @format, i32 %a, i64 %b, double %c, double %d)
  %2 = call i32 @puts (ptr @text)
  ret i32 0
}
