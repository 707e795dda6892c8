;;; SPDX-License-Identifier: MIT
;;; ECL: calls and callbacks made by the interpreter.  GC_DONT_GC=1 keeps the collector
;;; from taking what a callback needs; see patches/ecl.patch.
(defun c-function (name) (si:find-foreign-symbol name :default :pointer-void 0))

(defun call (name result types &rest arguments)
  (si:call-cfun (c-function name) result types arguments))

(format t "strtod: ~a~%"
  (call "strtod" :double '(:cstring :pointer-void) "2.5e3" (ffi:make-null-pointer :void)))
(format t "abs: ~a~%" (call "abs" :int '(:int) -42))
(finish-output)

(defvar *calls* 0)
(defun int-at (pointer)
  (ffi:with-cast-pointer (number pointer :int) (ffi:deref-pointer number :int)))
(ffi:defcallback compare :int ((a :pointer-void) (b :pointer-void))
  (incf *calls*)
  (- (int-at a) (int-at b)))

(let ((numbers (ffi:allocate-foreign-object :int 1000)))
  (dotimes (i 1000)
    (setf (ffi:deref-array numbers '(:array :int) i) (mod (* i 7919) 1009)))
  (call "qsort" :void '(:pointer-void :unsigned-long :unsigned-long :pointer-void)
    numbers 1000 4 (ffi:callback 'compare))
  (loop for i from 1 below 1000
    do (assert (<= (ffi:deref-array numbers '(:array :int) (1- i))
                   (ffi:deref-array numbers '(:array :int) i))))
  (format t "qsort: ~a comparisons~%" *calls*))
(ext:quit 0)
