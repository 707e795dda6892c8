; SPDX-License-Identifier: MIT
; newLISP: calls by the extended FFI, which is libffi, and a callback.
(constant 'C "libc.so.6")
(import C "qsort" "void" "void*" "long" "long" "void*")
(import C "strtod" "double" "char*" "void*")
(import C "labs" "long" "long")
(import "libm.so.6" "ldexp" "double" "double" "int")

(println "strtod: " (strtod "2.5e3" 0) ", labs: " (labs -4200000000) ", ldexp: " (ldexp 1.5 10))

(set 'calls 0)
(define (int-at where) (first (unpack "ld" where)))
(define (compare-at a b) (inc calls) (- (int-at a) (int-at b)))

(set 'numbers (map (fn (i) (% (* i 7919) 1009)) (sequence 0 999)))
(set 'memory (apply append (map (fn (n) (pack "ld" n)) numbers)))
(qsort memory 1000 4 (callback 'compare-at "int" "void*" "void*"))
(set 'sorted (unpack (dup "ld" 1000) memory))
(println "qsort: " calls " comparisons, " (0 5 sorted))
(println "sorted: " (= sorted (sort numbers)))
(exit 0)
