;; SPDX-License-Identifier: MIT
;; Guile: calls, a struct by value, and procedures as function pointers.
(use-modules (system foreign) (rnrs bytevectors) (srfi srfi-1))

(define (c-function result name . arguments)
  (pointer->procedure result (dynamic-func name (dynamic-link)) arguments))

(define qsort (c-function void "qsort" '* size_t size_t '*))
(define divide (c-function (list int int) "div" int int))
(define strtod (c-function double "strtod" '* '*))

(define calls 0)
(define (int-at pointer)
  (bytevector-s32-native-ref (pointer->bytevector pointer 4) 0))
(define compare
  (procedure->pointer int
    (lambda (a b) (set! calls (+ calls 1)) (- (int-at a) (int-at b)))
    '(* *)))

(define numbers (list-tabulate 1000 (lambda (i) (modulo (* i 7919) 1009))))
(define memory (make-bytevector 4000))
(for-each (lambda (i n) (bytevector-s32-native-set! memory (* 4 i) n)) (iota 1000) numbers)
(qsort (bytevector->pointer memory) 1000 4 compare)
(define sorted (map (lambda (i) (bytevector-s32-native-ref memory (* 4 i))) (iota 1000)))
(unless (equal? sorted (sort numbers <)) (error "not sorted"))
(format #t "qsort: ~a comparisons, ~a~%" calls (take sorted 5))
(format #t "div: ~a~%" (parse-c-struct (divide 1000 7) (list int int)))
(format #t "strtod: ~a~%" (strtod (string->pointer "2.5e3") %null-pointer))

(define closures
  (map (lambda (i) (procedure->pointer double (lambda (x n) (+ (* x n) i)) (list double int)))
       (iota 3000)))
(format #t "3000 closures: ~a~%"
  (fold + 0 (map (lambda (c) ((pointer->procedure double c (list double int)) 0.5 3)) closures)))
