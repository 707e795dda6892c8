! SPDX-License-Identifier: MIT
! Internal procedures as arguments, which use variables of their hosts.
module areas
  implicit none
contains
  function scaled (factor) result (area)
    real, intent (in) :: factor
    real :: area
    area = integral (line)
  contains
    function line (x) result (y)
      real, intent (in) :: x
      real :: y
      y = 2 * factor * x
    end function line
  end function scaled

  function integral (f) result (area)
    interface
      function f (x) result (y)
        real, intent (in) :: x
        real :: y
      end function f
    end interface
    real :: area
    integer :: i
    area = 0
    do i = 1, 1000
      area = area + f ((i - 0.5) / 1000) / 1000
    end do
  end function integral
end module areas

program main
  use areas
  implicit none
  integer :: i
  real :: sum
  sum = 0
  do i = 1, 10
    sum = sum + scaled (real (i))
  end do
  if (abs (sum - 55) > 0.01) stop 1
  print '(a)', 'integrated'
end program main
