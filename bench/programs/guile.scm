;; SPDX-License-Identifier: MIT
;; Guile: calls of small C functions, or qsort with a comparator in Scheme.
(use-modules (system foreign) (rnrs bytevectors) (srfi srfi-1))

(define (c-function result name . arguments)
  (pointer->procedure result (dynamic-func name (dynamic-link)) arguments))

(define what (second (command-line)))
(define count (string->number (third (command-line))))

(define (calls)
  (define absolute (c-function int "abs" int))
  (define length (c-function size_t "strnlen" '* size_t))
  (define labs (c-function long "labs" long))
  (define text (string->pointer "callback"))
  (let loop ((i 0) (total 0))
    (if (< i count)
        (loop (+ i 1) (+ total (absolute (- i)) (length text 5) (labs -3)))
        total)))

(define (callbacks)
  (define qsort (c-function void "qsort" '* size_t size_t '*))
  (define (int-at pointer)
    (bytevector-s32-native-ref (pointer->bytevector pointer 4) 0))
  (define compare
    (procedure->pointer int (lambda (a b) (- (int-at a) (int-at b))) '(* *)))
  (define numbers (list-tabulate count (lambda (i) (modulo (* i 7919) 65521))))
  (define memory (make-bytevector (* 4 count)))
  (for-each (lambda (i n) (bytevector-s32-native-set! memory (* 4 i) n)) (iota count) numbers)
  (qsort (bytevector->pointer memory) count 4 compare)
  (equal? (map (lambda (i) (bytevector-s32-native-ref memory (* 4 i))) (iota count))
          (sort numbers <)))

(format #t "~a~%" (if (string=? what "calls") (calls) (callbacks)))
